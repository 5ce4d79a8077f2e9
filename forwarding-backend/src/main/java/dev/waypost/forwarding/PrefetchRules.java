package dev.waypost.forwarding;

import java.util.concurrent.TimeUnit;

/**
 * Which answers are refreshed before they expire.
 *
 * @param amount questions that make an answer popular; 0 for no prefetching
 * @param gapNanos the pause between two questions after which counting starts anew
 * @param percentage how much of its TTL an answer has left when it is refreshed
 */
record PrefetchRules(int amount, long gapNanos, int percentage) {
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    boolean areOff() {
        return amount == 0;
    }

    /** From when on a refresh is due, for an answer that lives so long: the last second at the latest. */
    long nanosBeforeExpiry(long lifeNanos) {
        return areOff() ? 0 : Math.max(LEAST_NANOS, lifeNanos / 100 * percentage);
    }
}
