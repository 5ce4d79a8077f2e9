package dev.waypost.forwarding;

/**
 * When and how answers are told beyond their time (RFC 8767).
 *
 * @param mostNanos how long beyond it; 0 for not at all
 * @param timerNanos how long a client waits for the upstream before it is told the stale answer; 0 for as long as it has
 * @param ttlSeconds the TTL of a stale answer
 * @param recheckNanos for how long a failed upstream is not asked again
 * @param preferPositive whether stale records are told rather than a fresh NXDOMAIN or NODATA
 */
record StaleRules(
        long mostNanos,
        StalePolicy policy,
        long timerNanos,
        int ttlSeconds,
        long recheckNanos,
        boolean preferPositive) {
    boolean areOff() {
        return mostNanos == 0;
    }
}
