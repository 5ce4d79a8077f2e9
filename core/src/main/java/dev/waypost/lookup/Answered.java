package dev.waypost.lookup;

import dev.waypost.Freshness;

/**
 * An outcome and for how long it may be said again: as long as every answer it was made from.
 *
 * @param ttlSeconds the least TTL of those answers; {@link Integer#MAX_VALUE} where they hold no record
 */
record Answered<T>(Lookup<T> lookup, Freshness freshness, int ttlSeconds) {
    /** An outcome that no record's TTL has a part in. */
    Answered(Lookup<T> lookup, Freshness freshness) {
        this(lookup, freshness, Integer.MAX_VALUE);
    }

    /** Whether it tells what is there, or that nothing is; otherwise it tells that this could not be found out. */
    boolean isDecided() {
        return lookup instanceof Lookup.Found
                || lookup instanceof Lookup.NoSuchName
                || lookup instanceof Lookup.NoData
                || lookup instanceof Lookup.Elsewhere;
    }
}
