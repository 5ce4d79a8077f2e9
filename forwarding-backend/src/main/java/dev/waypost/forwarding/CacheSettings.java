package dev.waypost.forwarding;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * What a cache is told, complete.
 *
 * @param zones only names at or below one of these are kept
 * @param servfailSeconds how long a SERVFAIL is kept; 0 for not at all
 * @param keepTtl whether repeated answers say the TTL they came with
 * @param server the label of its measurements
 */
record CacheSettings(
        List<Name> zones,
        CacheBounds success,
        CacheBounds denial,
        int servfailSeconds,
        boolean keepTtl,
        String server) {
    CacheSettings {
        zones = List.copyOf(zones);
    }

    boolean covers(Name qname) {
        return zones.stream().anyMatch(qname::subdomain);
    }
}
