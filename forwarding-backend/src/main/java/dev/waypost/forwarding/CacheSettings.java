package dev.waypost.forwarding;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * What a cache is told, complete.
 *
 * @param zones only names at or below one of these are kept
 * @param keepTtl whether repeated answers say the TTL they came with
 * @param server the label of its measurements
 */
record CacheSettings(
        List<Name> zones,
        CacheBounds success,
        CacheBounds denial,
        FailureTimes failures,
        StaleRules stale,
        PrefetchRules prefetch,
        boolean keepTtl,
        String server) {
    CacheSettings {
        zones = List.copyOf(zones);
    }

    boolean covers(Name qname) {
        for (Name zone : zones) {
            if (qname.subdomain(zone)) {
                return true;
            }
        }
        return false;
    }

    CacheBounds bounds(Cacheability kind) {
        return kind == Cacheability.SUCCESS ? success : denial;
    }

    /** The times of an answer that comes now and is fresh for so long. */
    KeptAnswer.Life life(long now, long freshNanos) {
        long expiry = now + freshNanos;
        long renew = expiry - Math.min(freshNanos, prefetch.nanosBeforeExpiry(freshNanos));
        return new KeptAnswer.Life(now, renew, expiry, expiry + stale.mostNanos());
    }
}
