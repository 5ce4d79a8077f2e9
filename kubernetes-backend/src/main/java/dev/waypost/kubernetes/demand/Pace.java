package dev.waypost.kubernetes.demand;

import dev.waypost.Ticker;

/** So many fetches a second and no more, with room for a burst: what asks for random names must not reach the API server. */
final class Pace {
    private static final double A_SECOND = 20;
    private static final double BURST = 100;
    private static final double NANOS = 1e9;

    private final Ticker ticker;
    private double left = BURST;
    private long lastNanos;

    Pace(Ticker ticker) {
        this.ticker = ticker;
        this.lastNanos = ticker.nanoTime();
    }

    /** Whether one more may be made now. */
    synchronized boolean take() {
        long now = ticker.nanoTime();
        left = Math.min(BURST, left + (now - lastNanos) / NANOS * A_SECOND);
        lastNanos = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
