package dev.waypost.wire.policy;

import java.time.Instant;
import java.util.List;

/** Random secrets, replaced one after the other. */
final class RollingSecrets implements CookieSecrets {
    private record Pair(Instant since, List<CookieSecret> secrets) {}

    private volatile Pair present = new Pair(Instant.MIN, List.of(CookieSecret.random()));

    @Override
    public List<CookieSecret> at(Instant now) {
        Pair pair = present;
        return pair.since() == Instant.MIN || now.isAfter(pair.since().plus(LIFE)) ? roll(now) : pair.secrets();
    }

    private synchronized List<CookieSecret> roll(Instant now) {
        Pair pair = present;
        if (pair.since() == Instant.MIN) {
            present = new Pair(now, pair.secrets());
        } else if (now.isAfter(pair.since().plus(LIFE))) {
            present =
                    new Pair(now, List.of(CookieSecret.random(), pair.secrets().get(0)));
        }
        return present.secrets();
    }
}
