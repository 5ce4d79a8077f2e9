package dev.waypost.wire.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The secrets in use: the first makes cookies, all of them are believed. Safe for any number of threads. */
public interface CookieSecrets {
    /** How long a secret of {@link #rolling} makes cookies; RFC 7873 section 7.1 wants at most 26 hours as a rule. */
    Duration LIFE = Duration.ofDays(1);

    /**
     * The secrets, at least one.
     *
     * @param now the time, for those that change with it
     */
    List<CookieSecret> at(Instant now);

    /**
     * Secrets that several servers have in common. A new one is first added behind the old one on every server, then put
     * in front of it, and the old one is taken out an hour later (RFC 9018 section 5).
     */
    static CookieSecrets of(List<CookieSecret> secrets) {
        List<CookieSecret> kept = List.copyOf(secrets);
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("cookies want at least one secret, found none");
        }
        return now -> kept;
    }

    /** Secrets of this server alone, a new one every day; the one before is believed for a day more. */
    static CookieSecrets rolling() {
        return new RollingSecrets();
    }
}
