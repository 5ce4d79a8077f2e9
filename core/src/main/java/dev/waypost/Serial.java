package dev.waypost;

import org.xbill.DNS.Type;

/**
 * The serial of a zone, which counts in a circle: 32 bits, compared as RFC 1982 says.
 *
 * @param bits all 32, so that half of them show as negative numbers here
 */
public record Serial(int bits) {
    /** SERIAL, REFRESH, RETRY, EXPIRE and MINIMUM stand behind the names (RFC 1035 section 3.3.13). */
    private static final int NUMBERS_OCTETS = 20;

    /** The serial of a SOA record. */
    public static Serial of(RecordSet soa) {
        byte[] rdata = soa.rdata(0);
        if (soa.type() != Type.SOA || rdata.length < NUMBERS_OCTETS) {
            throw new IllegalArgumentException("a serial stands in a SOA record, found " + soa);
        }
        int bits = 0;
        for (int i = rdata.length - NUMBERS_OCTETS; i < rdata.length - NUMBERS_OCTETS + Integer.BYTES; i++) {
            bits = bits << Byte.SIZE | rdata[i] & 0xFF;
        }
        return new Serial(bits);
    }

    /**
     * Whether this serial comes behind another. Of two that are half the circle apart neither does: RFC 1982 section 3.2
     * leaves that open.
     */
    public boolean isNewerThan(Serial other) {
        return bits - other.bits > 0;
    }

    /** As a SOA record has it, 0..4294967295. */
    @Override
    public String toString() {
        return Integer.toUnsignedString(bits);
    }
}
