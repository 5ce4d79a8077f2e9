package dev.waypost.socket;

import org.xbill.DNS.Type;

/** The query types that metrics tell apart, as CoreDNS does; any other is {@code other}, or a client could grow the labels. */
final class CountedTypes {
    private static final int[] TYPES = {
        Type.A,
        Type.AAAA,
        Type.CNAME,
        Type.DNSKEY,
        Type.DS,
        Type.HTTPS,
        Type.MX,
        Type.NSEC3,
        Type.NSEC,
        Type.NS,
        Type.PTR,
        Type.RRSIG,
        Type.SOA,
        Type.SRV,
        Type.TXT,
        Type.IXFR,
        Type.AXFR,
        Type.ANY
    };

    /** How many labels there are. */
    static final int COUNT = TYPES.length + 1;

    private CountedTypes() {}

    /** The index of a type's label, 0 to {@link #COUNT} - 1. */
    static int index(int qtype) {
        for (int i = 0; i < TYPES.length; i++) {
            if (TYPES[i] == qtype) {
                return i;
            }
        }
        return TYPES.length;
    }

    /** The label at an index. */
    static String label(int index) {
        return index < TYPES.length ? Type.string(TYPES[index]) : "other";
    }
}
