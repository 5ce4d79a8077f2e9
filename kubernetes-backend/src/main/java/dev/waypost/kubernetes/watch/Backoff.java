package dev.waypost.kubernetes.watch;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Pauses after failures: each twice as long as the one before, up to a bound, and never the same for two clients. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final DoubleSupplier random;
    private int failures;

    /**
     * Pauses between two bounds.
     *
     * @param random 0 inclusive to 1 exclusive
     */
    Backoff(Duration first, Duration most, DoubleSupplier random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** The next pause: between half and the whole of its length, so that a herd comes back spread out. */
    Duration next() {
        long doubled = first.toNanos() << Math.min(failures, 20);
        failures++;
        long whole = Math.min(doubled, most.toNanos());
        return Duration.ofNanos(whole / 2 + (long) (whole / 2 * random.getAsDouble()));
    }

    /** Whether nothing has failed since the last {@link #reset}. */
    boolean isReset() {
        return failures == 0;
    }

    /** What failed works again. */
    void reset() {
        failures = 0;
    }
}
