package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.int32;
import static dev.waypost.wire.BigEndian.int64;
import static dev.waypost.wire.BigEndian.u8;

import java.util.Arrays;

/**
 * What two queries have in common that get the same reply: every octet behind the ID, the letter case of QNAME aside,
 * and whether they came as a datagram.
 *
 * <p>So flags, EDNS, DO and payload size tell keys apart by construction, and a reply cut for a datagram cannot reach a
 * stream. Hashing and comparing a query allocate nothing.
 */
final class ImageKey {
    /** Not a query that an image could answer. */
    static final int NONE = -1;

    private static final int FIXED_QUESTION_OCTETS = 4;
    private static final int LONG_OCTETS = 8;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final byte[] octets;
    private final int qnameEnd;
    private final boolean datagram;
    private final int hash;

    private ImageKey(byte[] octets, int qnameEnd, boolean datagram, int hash) {
        this.octets = octets;
        this.qnameEnd = qnameEnd;
        this.datagram = datagram;
        this.hash = hash;
    }

    /** The key of an imageable query. */
    static ImageKey of(QueryMessage query, boolean datagram, long seed) {
        byte[] octets = Arrays.copyOf(query.octets(), query.length());
        int qnameEnd = query.question().end() - FIXED_QUESTION_OCTETS;
        return new ImageKey(octets, qnameEnd, datagram, hash(octets, octets.length, qnameEnd, seed));
    }

    /**
     * Where QNAME ends in a message that may be a query with one question and at most a plain OPT record behind it;
     * {@link #NONE} where it cannot be. Whether it is one shows when it equals a key.
     */
    static int qnameEnd(byte[] query, int length) {
        int most = Math.min(length, Header.OCTETS + RecordCursor.MAX_NAME);
        int at = Header.OCTETS;
        while (at < most) {
            int label = u8(query, at);
            at += label + 1;
            if (label == 0) {
                int behind = length - at - FIXED_QUESTION_OCTETS;
                return behind == 0 || behind == QueryMessage.OPT_OCTETS ? at : NONE;
            }
        }
        return NONE;
    }

    /** The hash of a query, whichever its letter case. */
    static int hash(byte[] query, int length, int qnameEnd, long seed) {
        long hash = (seed ^ int64(query, Header.FLAGS)) * MIX;
        int at = Header.OCTETS;
        for (; at <= qnameEnd - LONG_OCTETS; at += LONG_OCTETS) {
            hash = (hash ^ hash >>> 32 ^ lowerCase(int64(query, at))) * MIX;
        }
        // The rest of QNAME, by reading once more what stands before it: the header is longer than a word.
        hash = (hash ^ hash >>> 32 ^ lowerCase(int64(query, qnameEnd - LONG_OCTETS))) * MIX;
        hash = (hash ^ hash >>> 32 ^ int32(query, qnameEnd)) * MIX; // QTYPE, QCLASS
        if (length - qnameEnd > FIXED_QUESTION_OCTETS) {
            // Payload size and flags of OPT: clients differ in them, and their images must not fight for two slots.
            hash = (hash ^ hash >>> 32 ^ int64(query, length - LONG_OCTETS)) * MIX;
        }
        return (int) (hash >>> 32);
    }

    /** Whether a query has this key; {@code queryQnameEnd} is what {@link #qnameEnd} said of it. */
    boolean matches(byte[] query, int length, int queryQnameEnd, boolean isDatagram) {
        return length == octets.length
                && queryQnameEnd == qnameEnd
                && isDatagram == datagram
                && int64(query, Header.FLAGS) == int64(octets, Header.FLAGS)
                && int64(query, Header.QDCOUNT) == int64(octets, Header.QDCOUNT)
                && sameName(query)
                && Arrays.equals(query, qnameEnd, length, octets, qnameEnd, length);
    }

    private boolean sameName(byte[] query) {
        int at = Header.OCTETS;
        for (; at <= qnameEnd - LONG_OCTETS; at += LONG_OCTETS) {
            if (lowerCase(int64(query, at)) != lowerCase(int64(octets, at))) {
                return false;
            }
        }
        int last = qnameEnd - LONG_OCTETS; // what it reads of the header is equal already
        return lowerCase(int64(query, last)) == lowerCase(int64(octets, last));
    }

    /** Whether another key stands for the same queries. */
    boolean isSame(ImageKey other) {
        return hash == other.hash && matches(other.octets, other.octets.length, other.qnameEnd, other.datagram);
    }

    int qnameEnd() {
        return qnameEnd;
    }

    int hash() {
        return hash;
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
