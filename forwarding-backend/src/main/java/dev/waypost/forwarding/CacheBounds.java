package dev.waypost.forwarding;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * What one half of a cache may hold, and for how long.
 *
 * @param bytes memory, about
 * @param capSeconds the longest TTL
 * @param leastSeconds the shortest TTL; a TTL of 0 stays 0
 * @param disabled names at or below these are not kept
 */
record CacheBounds(long bytes, int capSeconds, int leastSeconds, List<Name> disabled) {
    CacheBounds {
        disabled = List.copyOf(disabled);
    }

    boolean refuses(Name qname) {
        return disabled.stream().anyMatch(qname::subdomain);
    }

    /** A TTL within the bounds; TTL 0 is for this one answer and is never kept (RFC 2181 section 8). */
    int bounded(int ttlSeconds) {
        return ttlSeconds == 0 ? 0 : Math.min(capSeconds, Math.max(leastSeconds, ttlSeconds));
    }

    CacheBounds withBytes(long value) {
        return new CacheBounds(value, capSeconds, leastSeconds, disabled);
    }

    CacheBounds withCap(int seconds) {
        return new CacheBounds(bytes, seconds, Math.min(leastSeconds, seconds), disabled);
    }

    CacheBounds withLeast(int seconds) {
        return new CacheBounds(bytes, capSeconds, seconds, disabled);
    }

    CacheBounds withDisabled(List<Name> zones) {
        List<Name> all = new ArrayList<>(disabled);
        all.addAll(zones);
        return new CacheBounds(bytes, capSeconds, leastSeconds, all);
    }
}
