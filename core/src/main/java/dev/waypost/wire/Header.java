package dev.waypost.wire;

/** The message header: where its fields stand and what its bits mean (RFC 1035 section 4.1.1). */
final class Header {
    static final int OCTETS = 12;

    static final int ID = 0;
    static final int FLAGS = 2;
    static final int QDCOUNT = 4;
    static final int ANCOUNT = 6;
    static final int NSCOUNT = 8;
    static final int ARCOUNT = 10;

    static final int QR = 0x8000;
    static final int OPCODE = 0x7800;
    static final int OPCODE_SHIFT = 11;
    static final int AA = 0x0400;
    static final int TC = 0x0200;
    static final int RD = 0x0100;
    static final int RA = 0x0080;
    /** Checking disabled: RFC 4035 section 3.2.2. */
    static final int CD = 0x0010;

    static final int RCODE = 0x000F;

    private Header() {}
}
