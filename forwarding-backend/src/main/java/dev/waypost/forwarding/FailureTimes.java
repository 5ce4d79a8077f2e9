package dev.waypost.forwarding;

/**
 * For how long a failure is remembered (RFC 9520 section 3.2).
 *
 * @param firstNanos the first one; 0 for not at all
 * @param mostNanos each further one twice as long, but no longer than this
 */
record FailureTimes(long firstNanos, long mostNanos) {
    /** How long the next failure is remembered, when the last one was for so long; 0 where there was none. */
    long nanosAfter(long lastNanos) {
        return lastNanos == 0 ? firstNanos : Math.min(mostNanos, 2 * lastNanos);
    }
}
