package dev.waypost.wire;

import org.xbill.DNS.Type;

/**
 * Where the names stand that may be compressed in RDATA: in the types of RFC 1035 only, as receivers know no others to
 * decompress (RFC 3597 section 4).
 */
enum RdataNames {
    NONE(0, 0),
    ONE(0, 1),
    TWO(0, 2),
    AFTER_PREFERENCE(2, 1);

    /** No RDATA of these types is longer: two names and the five numbers of an SOA record. */
    static final int MAX_RDATA = 2 * RecordCursor.MAX_NAME + 20;

    private final int leadingOctets;
    private final int count;

    RdataNames(int leadingOctets, int count) {
        this.leadingOctets = leadingOctets;
        this.count = count;
    }

    static RdataNames of(int type) {
        return switch (type) {
            case Type.NS, Type.MD, Type.MF, Type.CNAME, Type.MB, Type.MG, Type.MR, Type.PTR -> ONE;
            case Type.SOA, Type.MINFO -> TWO;
            case Type.MX -> AFTER_PREFERENCE;
            default -> NONE;
        };
    }

    /** Octets before the first name. */
    int leadingOctets() {
        return leadingOctets;
    }

    /** How many names follow each other there. */
    int count() {
        return count;
    }

    /** Whether RDATA really holds its names, uncompressed: what a resolver hands over is copied as it is otherwise. */
    boolean areIn(byte[] rdata, int length) {
        int at = leadingOctets;
        for (int i = 0; i < count && at >= 0; i++) {
            at = nameEnd(rdata, at, length);
        }
        return at >= 0;
    }

    /** Behind the uncompressed name that begins at {@code from}, or -1 where there is none before {@code end}. */
    static int nameEnd(byte[] octets, int from, int end) {
        int at = from;
        while (at < end && at - from < RecordCursor.MAX_NAME) {
            int label = octets[at];
            if (label == 0) {
                return at + 1;
            }
            if (label < 0 || label > RecordCursor.MAX_LABEL) {
                return -1;
            }
            at += label + 1;
        }
        return -1;
    }
}
