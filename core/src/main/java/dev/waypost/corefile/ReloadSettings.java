package dev.waypost.corefile;

import java.time.Duration;

/**
 * That the Corefile wants to be looked at again, attached by {@code reload}: every {@code interval}, give or take {@code
 * jitter}, a host compares {@link CorefilePlanner#digest} with the {@link CorefileDigest} of its plan and plans anew
 * where they differ.
 *
 * @param interval at least two seconds
 * @param jitter none, or one second to half of the interval: servers started together must not all reload at once
 */
public record ReloadSettings(Duration interval, Duration jitter) {
    /** CoreDNS's interval. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** CoreDNS's jitter. */
    public static final Duration DEFAULT_JITTER = Duration.ofSeconds(15);
}
