package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.u16;

/** A rendered reply: octets in a buffer that others may write to later. */
final class Reply {
    private final byte[] octets;
    private final int length;
    private final int rcode;

    Reply(byte[] octets, int length, int rcode) {
        this.octets = octets;
        this.length = length;
        this.rcode = rcode;
    }

    byte[] octets() {
        return octets;
    }

    /** Octets of the message; 0 where not even header and question had room. */
    int length() {
        return length;
    }

    /** The whole RCODE, 0..4095, of which the header holds four bits. */
    int rcode() {
        return rcode;
    }

    /** The header's second word without OPCODE and RCODE. */
    int flags() {
        return u16(octets, Header.FLAGS) & ~(Header.OPCODE | Header.RCODE);
    }

    int answerRecords() {
        return u16(octets, Header.ANCOUNT);
    }
}
