package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The AUTHORITY section of a zone's negative answers: its SOA with the TTL that bounds how long "no" may be kept, the
 * lesser of the SOA's own TTL and its MINIMUM field (RFC 2308 sections 3 and 5). Made once for each SOA.
 */
final class NegativeAuthority {
    private final RecordSource source;
    private volatile @Nullable Made last;

    NegativeAuthority(RecordSource source) {
        this.source = source;
    }

    List<RecordSet> authority() {
        RecordSet soa = source.soa();
        Made made = last;
        if (made == null || made.soa != soa) {
            made = new Made(soa, List.of(soa.withTtl((int) Math.min(soa.ttlSeconds(), minimum(soa)))));
            last = made;
        }
        return made.authority;
    }

    /** The last field of the RDATA (RFC 1035 section 3.3.13): 32 bits without a sign. */
    private static long minimum(RecordSet soa) {
        byte[] rdata = soa.rdata(0);
        return Integer.toUnsignedLong(ByteBuffer.wrap(rdata).getInt(rdata.length - Integer.BYTES));
    }

    private record Made(RecordSet soa, List<RecordSet> authority) {}
}
