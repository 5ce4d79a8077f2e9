package dev.waypost;

import java.time.Duration;

/**
 * Whether the source of an answer still hears from where its records come.
 *
 * <p>A source that lost its API goes on answering from its last snapshot and says so here, as data.
 */
public sealed interface Staleness {
    /** The source is in touch, or has nothing to be in touch with. */
    Staleness FRESH = new Fresh();

    /** Out of touch since a {@link Ticker} time. */
    static Staleness since(long nanoTime) {
        return new Stale(nanoTime);
    }

    /** What an answer made from two sources carries: the older of both. */
    default Staleness and(Staleness other) {
        if (this instanceof Stale mine && other instanceof Stale theirs) {
            return mine.sinceNanos - theirs.sinceNanos <= 0 ? mine : theirs;
        }
        return this instanceof Stale ? this : other;
    }

    /** How old the answer may be at a {@link Ticker} time; zero while fresh. */
    Duration age(long nanoTime);

    /** In touch. */
    record Fresh() implements Staleness {
        @Override
        public Duration age(long nanoTime) {
            return Duration.ZERO;
        }
    }

    /**
     * Out of touch.
     *
     * @param sinceNanos the {@link Ticker} time of the last word from the origin
     */
    record Stale(long sinceNanos) implements Staleness {
        @Override
        public Duration age(long nanoTime) {
            return Duration.ofNanos(nanoTime - sinceNanos);
        }
    }
}
