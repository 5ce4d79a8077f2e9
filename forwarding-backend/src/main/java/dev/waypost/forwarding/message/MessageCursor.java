package dev.waypost.forwarding.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Reads the parts of a message one after the other; whatever is not there is a {@link MalformedReply}.
 *
 * <p>The work of following labels and compression pointers is bounded for the message as a whole, not for each name: many
 * names that share one long chain of pointers would else cost minutes (CVE-2026-96405).
 */
final class MessageCursor {
    private static final int NAME_OCTETS = 255;
    private static final int LABEL_OCTETS = 63;
    private static final int POINTER = 0xC0;
    /** The shortest record has 11 octets, the longest name 127 labels: twelve steps an octet cover every lawful message. */
    private static final int STEPS_AN_OCTET = 12;

    private static final int CASE_BIT = 0x20;
    private static final int TYPE_AND_CLASS_OCTETS = 4;
    private static final String TOO_LONG = "a label or name that is too long";

    /** How like our question the one of a message is. */
    enum Likeness {
        SAME,
        /** The same but for the size of letters in its name: to DNS the same question (RFC 1035 section 2.3.3). */
        LETTERS_ALONE,
        NONE
    }

    private final byte[] message;
    private @Nullable ByteBuffer nameSpace;
    private int knownAt = -1;
    private Name known = Name.root;
    private int position;
    private int stepsLeft;

    /** A cursor over the readable octets of a buffer; the buffer's position stays. */
    MessageCursor(ByteBuffer readable) {
        message = new byte[readable.remaining()];
        readable.duplicate().get(message);
        stepsLeft = message.length * STEPS_AN_OCTET;
    }

    int remaining() {
        return message.length - position;
    }

    int u8() throws MalformedReply {
        want(1);
        return message[position++] & 0xFF;
    }

    int u16() throws MalformedReply {
        return u8() << 8 | u8();
    }

    /** Four octets, 0..4294967295. */
    long u32() throws MalformedReply {
        return (long) u16() << 16 | u16();
    }

    void skip(int octets) throws MalformedReply {
        want(octets);
        position += octets;
    }

    private void want(int octets) throws MalformedReply {
        if (octets > remaining()) {
            throw new MalformedReply("ends too early");
        }
    }

    /**
     * Compares what comes next with a question, and goes behind it. The first name of a message has nothing to be compressed
     * with, so octets are compared.
     *
     * @param query holds the question: name, type and class
     * @param from where the question begins in it
     * @param to where it ends
     */
    Likeness compareQuestion(byte[] query, int from, int to) {
        int length = to - from;
        if (length > remaining()) {
            return Likeness.NONE;
        }
        int fixed = length - TYPE_AND_CLASS_OCTETS;
        Likeness likeness = Likeness.SAME;
        for (int i = 0; i < length; i++) {
            byte theirs = message[position + i];
            byte ours = query[from + i];
            if (theirs != ours) {
                if (i >= fixed || lower(theirs) != lower(ours)) {
                    return Likeness.NONE;
                }
                likeness = Likeness.LETTERS_ALONE;
            }
        }
        position += length;
        return likeness;
    }

    /**
     * Writes a name over the question's, in other letters: names behind it that are compressed with it follow.
     *
     * @param name as long as the one that was compared
     */
    void respellQuestion(byte[] name) {
        System.arraycopy(name, 0, message, position - TYPE_AND_CLASS_OCTETS - name.length, name.length);
    }

    /** Says which name stands somewhere: nearly all owners are no more than a pointer to the question's. */
    void know(int offset, Name name) {
        knownAt = offset;
        known = name;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | CASE_BIT : octet;
    }

    /** Goes behind a name without reading it. */
    void skipName() throws MalformedReply {
        while (true) {
            int length = u8();
            if (length >= POINTER) {
                skip(1);
                return;
            }
            if (length > LABEL_OCTETS) {
                throw new MalformedReply(TOO_LONG);
            }
            if (length == 0) {
                return;
            }
            skip(length);
        }
    }

    /** A name, its compression undone. */
    Name name() throws MalformedReply {
        if (isKnown()) {
            position += 2;
            return known;
        }
        ByteBuffer name = nameSpace == null ? ByteBuffer.allocate(NAME_OCTETS) : nameSpace.clear();
        nameSpace = name;
        uncompressName(name);
        try {
            return new Name(Arrays.copyOf(name.array(), name.position()));
        } catch (IOException unreadable) {
            throw new MalformedReply("a name that is none: " + unreadable.getMessage());
        }
    }

    private boolean isKnown() {
        return knownAt >= 0
                && remaining() >= 2
                && ((message[position] & 0xFF) << 8 | message[position + 1] & 0xFF) == (POINTER << 8 | knownAt);
    }

    private void uncompressName(ByteBuffer into) throws MalformedReply {
        int resume = -1;
        while (true) {
            if (--stepsLeft < 0) {
                throw new MalformedReply("too many compression pointers");
            }
            int start = position;
            int length = u8();
            if (length >= POINTER) {
                int target = (length & ~POINTER) << 8 | u8();
                if (target >= start) {
                    throw new MalformedReply("a compression pointer that leads forward");
                }
                resume = resume < 0 ? position : resume;
                position = target;
            } else {
                copyLabel(length, into);
                if (length == 0) {
                    break;
                }
            }
        }
        position = resume < 0 ? position : resume;
    }

    private void copyLabel(int length, ByteBuffer into) throws MalformedReply {
        want(length);
        if (length > LABEL_OCTETS || into.remaining() < length + 1) {
            throw new MalformedReply(TOO_LONG);
        }
        into.put((byte) length).put(message, position, length);
        position += length;
    }

    /** RDATA of a type, names in it uncompressed where its type allows compression (RFC 3597 section 4). */
    byte[] rdata(int type, int length) throws MalformedReply {
        want(length);
        int end = position + length;
        ByteBuffer plain = ByteBuffer.allocate(mayHoldNames(type) ? length + 2 * NAME_OCTETS : length);
        switch (type) {
            case Type.NS, Type.CNAME, Type.PTR, Type.DNAME, Type.MD, Type.MF, Type.MB, Type.MG, Type.MR -> {
                uncompressName(plain);
            }
            case Type.SOA, Type.RP, Type.MINFO -> names(plain, 0, 2, end);
            case Type.MX, Type.AFSDB, Type.RT, Type.KX -> names(plain, 2, 1, end);
            case Type.PX -> names(plain, 2, 2, end);
            case Type.SRV -> names(plain, 6, 1, end);
            case Type.NAPTR -> names(plain, naptrPrefix(), 1, end);
            default -> {} // no compression: copied as it is
        }
        copy(plain, end - position);
        return plain.hasRemaining() ? Arrays.copyOf(plain.array(), plain.position()) : plain.array();
    }

    /** Address records are nearly all there is: for them no room is wasted on names. */
    private static boolean mayHoldNames(int type) {
        return type != Type.A && type != Type.AAAA && type != Type.TXT;
    }

    private void names(ByteBuffer plain, int prefix, int count, int end) throws MalformedReply {
        copy(plain, Math.min(prefix, end - position));
        for (int i = 0; i < count; i++) {
            uncompressName(plain);
        }
    }

    /** Octets before the replacement of a NAPTR record: order, preference and three strings (RFC 3403 section 4.1). */
    private int naptrPrefix() throws MalformedReply {
        int start = position;
        skip(4);
        for (int i = 0; i < 3; i++) {
            skip(u8());
        }
        int prefix = position - start;
        position = start;
        return prefix;
    }

    private void copy(ByteBuffer plain, int octets) throws MalformedReply {
        if (octets < 0 || octets > plain.remaining()) {
            throw new MalformedReply("RDATA that ends too early");
        }
        plain.put(message, position, octets);
        position += octets;
    }
}
