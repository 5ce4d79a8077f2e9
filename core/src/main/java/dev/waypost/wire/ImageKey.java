package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.int32;
import static dev.waypost.wire.BigEndian.int64;
import static dev.waypost.wire.BigEndian.u16;
import static dev.waypost.wire.BigEndian.u8;

import org.xbill.DNS.Type;

/**
 * What two queries have in common that get the same reply: every octet behind the ID, the letter case of QNAME aside,
 * and whether they came as a datagram.
 *
 * <p>So flags, EDNS, DO and payload size tell keys apart by construction, and a reply cut for a datagram cannot reach a
 * stream. A key is never made into an object: an {@link Image} keeps two words of its query, and the question stands in
 * its reply. Hashing and comparing allocate nothing.
 *
 * <p>A message has a key when it is a question and at most an OPT record without options. Its parts:
 *
 * <ul>
 *   <li>head: flags, QDCOUNT, ANCOUNT and NSCOUNT, eight octets of the header;
 *   <li>QNAME, QTYPE and QCLASS, ending four octets behind {@code qnameEnd};
 *   <li>opt: payload size, version, flags and RDLENGTH of OPT; {@link #NO_OPT} without one.
 * </ul>
 */
final class ImageKey {
    /** Not a message that an image could answer. */
    static final int NONE = -1;

    /** No OPT record without options says so: its RDLENGTH is 0. */
    static final long NO_OPT = -1;

    private static final int FIXED_QUESTION_OCTETS = 4;
    private static final int LONG_OCTETS = 8;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private ImageKey() {}

    /** Where QNAME ends in a message that has a key; {@link #NONE} in others. */
    static int qnameEnd(byte[] query, int length) {
        int most = Math.min(length, Header.OCTETS + RecordCursor.MAX_NAME);
        int at = Header.OCTETS;
        while (at < most) {
            int label = u8(query, at);
            at += label + 1;
            if (label == 0) {
                return endsBehindQuestion(query, length, at + FIXED_QUESTION_OCTETS) ? at : NONE;
            }
        }
        return NONE;
    }

    private static boolean endsBehindQuestion(byte[] query, int length, int questionEnd) {
        int additional = u16(query, Header.ARCOUNT);
        if (length == questionEnd) {
            return additional == 0;
        }
        return length == questionEnd + QueryMessage.OPT_OCTETS
                && additional == 1
                && query[questionEnd] == 0
                && u16(query, questionEnd + 1) == Type.OPT
                && u16(query, length - 2) == 0;
    }

    static long head(byte[] query) {
        return int64(query, Header.FLAGS);
    }

    static long opt(byte[] query, int length, int qnameEnd) {
        return length == qnameEnd + FIXED_QUESTION_OCTETS ? NO_OPT : int64(query, length - LONG_OCTETS);
    }

    /**
     * The hash of a key, whichever its letter case.
     *
     * @param octets the query, or a reply with its question
     */
    static int hash(byte[] octets, int qnameEnd, long head, long opt, long seed) {
        long hash = (seed ^ head) * MIX;
        hash = (hash ^ hash >>> 32 ^ opt) * MIX;
        int at = Header.OCTETS;
        for (; at <= qnameEnd - LONG_OCTETS; at += LONG_OCTETS) {
            hash = (hash ^ hash >>> 32 ^ lowerCase(int64(octets, at))) * MIX;
        }
        hash = (hash ^ hash >>> 32 ^ lowerCase(tail(octets, at, qnameEnd))) * MIX;
        hash = (hash ^ hash >>> 32 ^ int32(octets, qnameEnd)) * MIX; // QTYPE, QCLASS
        return (int) (hash >>> 32);
    }

    /** Whether two messages, whose names end at the same offset, ask the same question. */
    static boolean sameQuestion(byte[] one, byte[] other, int qnameEnd) {
        int at = Header.OCTETS;
        for (; at <= qnameEnd - LONG_OCTETS; at += LONG_OCTETS) {
            if (lowerCase(int64(one, at)) != lowerCase(int64(other, at))) {
                return false;
            }
        }
        return lowerCase(tail(one, at, qnameEnd)) == lowerCase(tail(other, at, qnameEnd))
                && int32(one, qnameEnd) == int32(other, qnameEnd);
    }

    /** The last octets of a name, fewer than a word, by reading what stands before them too: the header is longer. */
    private static long tail(byte[] octets, int at, int qnameEnd) {
        int left = qnameEnd - at;
        return left == 0 ? 0 : int64(octets, qnameEnd - LONG_OCTETS) << Byte.SIZE * (LONG_OCTETS - left);
    }

    /**
     * Eight octets with ASCII capitals made small, no branch and no table. A label's length is below 'A', so a whole
     * name can go through.
     */
    private static long lowerCase(long word) {
        long low = word & ~HIGH_BITS;
        long fromA = low + (0x80 - 'A') * ONES;
        long behindZ = low + (0x80 - 'Z' - 1) * ONES;
        long capitals = fromA & ~behindZ & ~word & HIGH_BITS;
        return word | capitals >>> 2;
    }
}
