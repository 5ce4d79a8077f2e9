package dev.waypost.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Builds query messages octet by octet, lawful or not: nothing is checked, counts say what they are told to say. Header
 * defaults: ID 0x1234, RD, and counts that fit what was added.
 */
public final class WireMessages {
    public static final int QR = 0x8000;
    public static final int AA = 0x0400;
    public static final int TC = 0x0200;
    public static final int RD = 0x0100;
    public static final int RA = 0x0080;
    public static final int Z = 0x0040;
    public static final int AD = 0x0020;
    public static final int CD = 0x0010;
    public static final int DO = 0x8000;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int[] counts = new int[4];
    private int id = 0x1234;
    private int flags = RD;

    private WireMessages() {}

    /** A header and nothing behind it. */
    public static WireMessages header() {
        return new WireMessages();
    }

    /** A query of class IN. */
    public static WireMessages query(String qname, int qtype) {
        return header().question(Name.fromConstantString(qname).toWire(), qtype, DClass.IN);
    }

    public WireMessages id(int value) {
        id = value;
        return this;
    }

    public WireMessages flags(int value) {
        flags = value;
        return this;
    }

    public WireMessages opcode(int value) {
        flags = flags & ~0x7800 | value << 11;
        return this;
    }

    public WireMessages question(byte[] qname, int qtype, int qclass) {
        counts[0]++;
        return octets(qname).u16(qtype).u16(qclass);
    }

    /** A record in a section, 1..3; sections must be added in their order. */
    public WireMessages record(int section, byte[] owner, int type, int ttl, byte[] rdata) {
        counts[section]++;
        return octets(owner).u16(type).u16(DClass.IN).u32(ttl).u16(rdata.length).octets(rdata);
    }

    /** An OPT record without options. */
    public WireMessages opt(int payloadSize) {
        return opt(payloadSize, 0, 0);
    }

    public WireMessages opt(int payloadSize, int version, int ednsFlags, byte... options) {
        counts[3]++;
        return octets(new byte[1])
                .u16(Type.OPT)
                .u16(payloadSize)
                .u32(version << 16 | ednsFlags)
                .u16(options.length)
                .octets(options);
    }

    /** One EDNS option. */
    public static byte[] option(int code, String text) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        return header().u16(code).u16(content.length).octets(content).body();
    }

    /** What the header says the sections hold, whatever they hold. */
    public WireMessages counts(int questions, int answers, int authorities, int additionals) {
        counts[0] = questions;
        counts[1] = answers;
        counts[2] = authorities;
        counts[3] = additionals;
        return this;
    }

    public WireMessages u16(int value) {
        body.write(value >>> 8);
        body.write(value);
        return this;
    }

    public WireMessages u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    public WireMessages octets(byte... octets) {
        body.writeBytes(octets);
        return this;
    }

    /** Octets as hexadecimal digits, blanks aside. */
    public WireMessages hex(String digits) {
        String packed = digits.replace(" ", "");
        for (int i = 0; i < packed.length(); i += 2) {
            body.write(Integer.parseInt(packed, i, i + 2, 16));
        }
        return this;
    }

    /** What was added, without the header: RDATA, an owner. */
    public byte[] body() {
        return body.toByteArray();
    }

    /** The message. */
    public byte[] bytes() {
        WireMessages whole = header().u16(id).u16(flags);
        for (int count : counts) {
            whole.u16(count);
        }
        return whole.octets(body()).body();
    }
}
