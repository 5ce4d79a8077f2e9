package dev.waypost.forwarding;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An answer in the cache.
 *
 * @param response as it was told when it came, TTLs within the cache's bounds
 * @param keptNanos when it came, {@link dev.waypost.Ticker} time
 * @param expiryNanos when it goes
 */
record KeptAnswer(Cacheability kind, Response response, long keptNanos, long expiryNanos) {
    /** Key, entry and lists without records: the sum of the objects' sizes with compressed pointers, rounded up. */
    private static final int ENTRY_BYTES = 400;

    private static final int SET_BYTES = 160;
    private static final int RECORD_BYTES = 24;

    /** Whether it may still be said: in time, and no alias or missing name in front of it has changed. */
    boolean holdsAt(long now) {
        return now - expiryNanos < 0 && response.freshness().holdsAt(now);
    }

    /** The response as it is to be told now: TTLs count down (RFC 1035 section 3.2.1). */
    Response toldAt(long now) {
        int age = (int) TimeUnit.NANOSECONDS.toSeconds(now - keptNanos);
        return kind.withTtls(response, ttl -> Math.max(0, ttl - age));
    }

    /** Bytes of heap it takes, about. */
    int bytes() {
        return ENTRY_BYTES + bytes(response.answer()) + bytes(response.authority());
    }

    private static int bytes(List<RecordSet> sets) {
        int bytes = 0;
        for (RecordSet set : sets) {
            bytes += SET_BYTES + set.owner().length();
            for (int i = 0; i < set.size(); i++) {
                bytes += RECORD_BYTES + set.rdataLength(i);
            }
        }
        return bytes;
    }
}
