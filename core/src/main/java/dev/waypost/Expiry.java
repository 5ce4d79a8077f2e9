package dev.waypost;

/**
 * Holds until a time.
 *
 * @param nanoTime {@link Ticker} time
 */
record Expiry(long nanoTime) implements Freshness {
    @Override
    public boolean holdsAt(long now) {
        return now - nanoTime < 0; // Ticker values may wrap; only differences count.
    }

    @Override
    public boolean isTimed() {
        return true;
    }

    @Override
    public long nanosLeft(long now) {
        return Math.max(0, nanoTime - now);
    }
}
