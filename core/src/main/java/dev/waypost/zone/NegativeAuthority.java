package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The AUTHORITY section of a zone's negative answers: its SOA with the TTL that bounds how long "no" may be kept, the
 * lesser of the SOA's own TTL and its MINIMUM field (RFC 2308 sections 3 and 5). Made once for each SOA.
 */
final class NegativeAuthority {
    private static final int MINIMUM_OCTETS = 4;

    private final RecordSource source;
    private volatile @Nullable Made last;

    NegativeAuthority(RecordSource source) {
        this.source = source;
    }

    List<RecordSet> authority() {
        RecordSet soa = source.soa();
        Made made = last;
        if (made == null || made.soa != soa) {
            made = new Made(soa, List.of(soa.withTtl(Math.min(soa.ttlSeconds(), minimum(soa)))));
            last = made;
        }
        return made.authority;
    }

    /** The last field of the RDATA (RFC 1035 section 3.3.13); with the top bit set it counts as 0 (RFC 2181 section 8). */
    private static int minimum(RecordSet soa) {
        byte[] rdata = soa.rdata(0);
        int minimum = 0;
        for (int i = rdata.length - MINIMUM_OCTETS; i < rdata.length; i++) {
            minimum = minimum << Byte.SIZE | rdata[i] & 0xFF;
        }
        return Math.max(0, minimum);
    }

    private record Made(RecordSet soa, List<RecordSet> authority) {}
}
