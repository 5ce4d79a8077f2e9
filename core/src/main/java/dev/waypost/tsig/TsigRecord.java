package dev.waypost.tsig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * The record at the end of a signed message (RFC 8945 section 4.2).
 *
 * @param key the key's name
 * @param algorithm the algorithm's name
 * @param timeSigned seconds since 1970, 48 bits
 * @param fudge how many seconds the two clocks may differ
 * @param mac the signature; empty where an error leaves nothing to sign with
 * @param originalId the message's ID when it was signed
 * @param error 0, or what was wrong with the message that this one answers
 * @param other the server's time behind BADTIME, else empty
 */
record TsigRecord(
        Name key, Name algorithm, long timeSigned, int fudge, byte[] mac, int originalId, int error, byte[] other) {
    /** RFC 8945 section 10 recommends it. */
    private static final int FUDGE_SECONDS = 300;

    private static final byte[] NOTHING = {};

    private static final int TIME_OCTETS = 6;
    /** Type, class, TTL and RDLENGTH; time, fudge, MAC size, original ID, error and other length. */
    private static final int FIXED_OCTETS = 10 + 16;

    private static final int ARCOUNT = 10;

    /** A record of now, not signed yet. */
    static TsigRecord of(Name key, Name algorithm, int id, Clock clock) {
        return new TsigRecord(key, algorithm, seconds(clock), FUDGE_SECONDS, NOTHING, id, Rcode.NOERROR, NOTHING);
    }

    /** Octets of a key's record, at most. */
    static int mostOctets(TsigKey key) {
        return key.name().length()
                + key.algorithm().wireName().length()
                + FIXED_OCTETS
                + key.algorithm().macOctets()
                + TIME_OCTETS;
    }

    /** Octets of the record. */
    int octets() {
        return key.length() + algorithm.length() + FIXED_OCTETS + mac.length + other.length;
    }

    /**
     * Reads the record that begins at an offset of a message.
     *
     * @return empty for one that is not as RFC 8945 section 4.2 wants it
     */
    static Optional<TsigRecord> read(byte[] message, int length, int at) {
        try {
            DNSInput in = new DNSInput(ByteBuffer.wrap(message, 0, length));
            in.jump(at);
            Name key = new Name(in);
            boolean typed = in.readU16() == Type.TSIG && in.readU16() == DClass.ANY && in.readU32() == 0;
            int end = in.readU16() + in.current();
            Name algorithm = new Name(in);
            long time = (long) in.readU16() << 32 | in.readU32();
            int fudge = in.readU16();
            byte[] mac = in.readByteArray(in.readU16());
            int originalId = in.readU16();
            int error = in.readU16();
            byte[] other = in.readByteArray(in.readU16());
            return typed && in.current() == end
                    ? Optional.of(new TsigRecord(key, algorithm, time, fudge, mac, originalId, error, other))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether it was signed at another time than now, further away than clocks may differ. */
    boolean isOfAnotherTime(Clock clock) {
        return Math.abs(seconds(clock) - timeSigned) > fudge;
    }

    TsigRecord withError(int code) {
        return new TsigRecord(key, algorithm, timeSigned, fudge, mac, originalId, code, other);
    }

    /** The same as BADTIME, which tells both times: RFC 8945 section 5.2.3. */
    TsigRecord answeringTime(long theirs) {
        return new TsigRecord(key, algorithm, theirs, fudge, mac, originalId, Rcode.BADTIME, time(timeSigned));
    }

    TsigRecord withMac(byte[] signature) {
        return new TsigRecord(key, algorithm, timeSigned, fudge, signature, originalId, error, other);
    }

    /**
     * Adds the record to a message.
     *
     * @param message holds the message from index 0 and has room for {@link #octets} more
     * @return behind the record's last octet
     */
    int append(byte[] message, int length) {
        DNSOutput out = new DNSOutput(octets());
        out.writeByteArray(key.toWire());
        out.writeU16(Type.TSIG);
        out.writeU16(DClass.ANY);
        out.writeU32(0);
        out.writeU16(octets() - key.length() - 10);
        out.writeByteArray(algorithm.toWire());
        writeTime(out);
        out.writeU16(mac.length);
        out.writeByteArray(mac);
        out.writeU16(originalId);
        out.writeU16(error);
        out.writeU16(other.length);
        out.writeByteArray(other);
        System.arraycopy(out.toByteArray(), 0, message, length, octets());
        additionalRecords(message, additionalRecords(message) + 1);
        return length + octets();
    }

    /** The variables that are signed with a message: RFC 8945 section 4.3.3. */
    byte[] variables() {
        DNSOutput out = new DNSOutput();
        out.writeByteArray(key.toWireCanonical());
        out.writeU16(DClass.ANY);
        out.writeU32(0);
        out.writeByteArray(algorithm.toWireCanonical());
        writeTime(out);
        out.writeU16(error);
        out.writeU16(other.length);
        out.writeByteArray(other);
        return out.toByteArray();
    }

    /** The timers, all that is signed with the later messages of a reply: RFC 8945 section 5.3.1. */
    byte[] timers() {
        DNSOutput out = new DNSOutput();
        writeTime(out);
        return out.toByteArray();
    }

    private void writeTime(DNSOutput out) {
        out.writeByteArray(time(timeSigned));
        out.writeU16(fudge);
    }

    /** Seconds since 1970 in 48 bits. */
    static byte[] time(long seconds) {
        DNSOutput out = new DNSOutput(TIME_OCTETS);
        out.writeU16((int) (seconds >>> 32 & 0xFFFF));
        out.writeU32(seconds & 0xFFFF_FFFFL);
        return out.toByteArray();
    }

    private static long seconds(Clock clock) {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    static int id(byte[] message) {
        return (message[0] & 0xFF) << 8 | message[1] & 0xFF;
    }

    static int additionalRecords(byte[] message) {
        return (message[ARCOUNT] & 0xFF) << 8 | message[ARCOUNT + 1] & 0xFF;
    }

    static void additionalRecords(byte[] message, int count) {
        message[ARCOUNT] = (byte) (count >>> 8);
        message[ARCOUNT + 1] = (byte) count;
    }
}
