package dev.waypost.kubernetes.watch;

import dev.waypost.Ticker;

/** A bucket that starts full and fills at a rate; who takes from it may go on. Safe for any number of threads. */
public final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final int most;
    private final Ticker ticker;
    private double tokens;
    private long filledAt;

    public TokenBucket(double perSecond, int most, Ticker ticker) {
        this.perNano = perSecond / NANOS;
        this.most = most;
        this.ticker = ticker;
        this.tokens = most;
        this.filledAt = ticker.nanoTime();
    }

    /** Takes a token. @return whether there was one */
    public synchronized boolean take() {
        long now = ticker.nanoTime();
        tokens = Math.min(most, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
