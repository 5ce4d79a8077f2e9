package dev.waypost.kubernetes;

import java.time.Duration;

/**
 * How long a server waits for the cluster's first lists before it serves anyway: the option {@code startup_timeout},
 * attached to the plan for the host to read.
 */
public record StartupTimeout(Duration time) {
    /** What CoreDNS waits. */
    public static final StartupTimeout DEFAULT = new StartupTimeout(Duration.ofSeconds(5));
}
