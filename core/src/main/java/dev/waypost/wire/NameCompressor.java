package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.put16;
import static dev.waypost.wire.BigEndian.u8;

import java.util.Arrays;

/**
 * Writes names with the compression of RFC 1035 section 4.1.4: every suffix that stands in the message already is
 * written as a pointer to it, letter case aside (RFC 4343 section 4.1), so a name is spelled as where it points to, unless it must keep its own.
 *
 * <p>Suffixes are found label by label from the root: a table maps (offset of the suffix, next label) to the offset of
 * the longer suffix, so that a name costs time linear in its length, whoever chose it, and no object. Where the table is
 * full or a chain of collisions too long, names are written longer, never wrong. Reused from message to message; for
 * one thread.
 */
final class NameCompressor {
    /** The last offset that the 14 bits of a pointer reach. */
    static final int MAX_OFFSET = 0x3FFF;

    private static final int POINTER = 0xC000;
    private static final int SLOT_BITS = 10;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int MOST_ENTRIES = SLOTS * 3 / 4;
    private static final int MOST_PROBES = 16;
    private static final int MOST_LABELS = 127;
    private static final int ROOT = 0;

    /** Entries: message number (32 bits), offset of the suffix (16), offset of the label before it (16). */
    private final long[] table = new long[SLOTS];

    private final int[] filled = new int[MOST_ENTRIES];
    private final int[] labels = new int[MOST_LABELS];
    private byte[] message = {};
    private boolean keepingCase;
    private int entries;
    private int messageNumber;

    /**
     * Begins a message; nothing of the last one is remembered.
     *
     * @param exact whether a pointer must lead to the same letter case: a zone is copied as it is (RFC 5936 section 3.4)
     */
    void begin(byte[] octets, boolean exact) {
        message = octets;
        keepingCase = exact;
        entries = 0;
        messageNumber++;
        if (messageNumber == 0) { // wrapped: entries of 2^32 messages ago would look new
            Arrays.fill(table, 0);
            messageNumber = 1;
        }
    }

    /** How much is remembered now, for {@link #rollBack}. */
    int mark() {
        return entries;
    }

    /** Forgets what was written since a mark: a set that did not fit. */
    void rollBack(int mark) {
        while (entries > mark) {
            entries--;
            table[filled[entries]] = 0; // the last filled goes first, so no probe chain is cut
        }
    }

    /** Remembers the suffixes of a name that stands uncompressed in the message. */
    void remember(int at) {
        int count = split(message, at);
        enter(count, ROOT, 0);
    }

    /**
     * Writes a name.
     *
     * @param source holds the name, absolute, uncompressed and well formed
     * @param from where it begins there
     * @param at where to write it in the message
     * @param limit behind the last octet that may be written
     * @return behind the written name, or -1 where it does not fit
     */
    int write(byte[] source, int from, int at, int limit) {
        int unmatched = split(source, from);
        int suffix = ROOT;
        while (unmatched > 0) {
            int longer = find(suffix, source, labels[unmatched - 1]);
            if (longer == ROOT) {
                break;
            }
            suffix = longer;
            unmatched--;
        }
        int literal = literalOctets(source, from, unmatched);
        int end = at + literal + (suffix == ROOT ? 1 : 2);
        if (end > limit) {
            return -1;
        }
        System.arraycopy(source, from, message, at, literal);
        if (suffix == ROOT) {
            message[at + literal] = 0;
        } else {
            put16(message, at + literal, POINTER | suffix);
        }
        enter(unmatched, suffix, at - from);
        return end;
    }

    private int literalOctets(byte[] source, int from, int unmatched) {
        if (unmatched == 0) {
            return 0;
        }
        int last = labels[unmatched - 1];
        return last + u8(source, last) + 1 - from;
    }

    /** Notes where each label of a name begins. @return how many there are, the root aside. */
    private int split(byte[] source, int from) {
        int count = 0;
        for (int at = from; source[at] != 0; at += source[at] + 1) {
            labels[count++] = at;
        }
        return count;
    }

    /** Enters the first {@code count} labels as written in the message, {@code shift} octets from where they were split. */
    private void enter(int count, int suffix, int shift) {
        int parent = suffix;
        for (int i = count - 1; i >= 0; i--) {
            int offset = labels[i] + shift;
            if (offset > MAX_OFFSET || entries == MOST_ENTRIES || !put(parent, offset)) {
                return;
            }
            parent = offset;
        }
    }

    private boolean put(int parent, int offset) {
        int slot = slotOf(parent, message, offset);
        for (int probe = 0; probe < MOST_PROBES; probe++) {
            if (!isFilled(table[slot])) {
                table[slot] = (long) messageNumber << 32 | (long) parent << 16 | offset;
                filled[entries++] = slot;
                return true;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return false;
    }

    private int find(int parent, byte[] source, int label) {
        int slot = slotOf(parent, source, label);
        for (int probe = 0; probe < MOST_PROBES && isFilled(table[slot]); probe++) {
            int entry = (int) table[slot];
            int offset = entry & 0xFFFF;
            if (entry >>> 16 == parent && sameLabel(source, label, offset)) {
                return offset;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return ROOT;
    }

    private boolean isFilled(long entry) {
        return (int) (entry >>> 32) == messageNumber;
    }

    private boolean sameLabel(byte[] source, int label, int offset) {
        int length = source[label];
        if (message[offset] != length) {
            return false;
        }
        if (keepingCase) {
            return Arrays.equals(source, label + 1, label + 1 + length, message, offset + 1, offset + 1 + length);
        }
        for (int i = 1; i <= length; i++) {
            if (lowerCase(source[label + i]) != lowerCase(message[offset + i])) {
                return false;
            }
        }
        return true;
    }

    private static int slotOf(int parent, byte[] source, int label) {
        int hash = parent * 0x9E3779B1;
        int end = label + source[label];
        for (int i = label; i <= end; i++) {
            hash = 31 * hash + lowerCase(source[i]);
        }
        hash *= 0x85EBCA6B;
        return hash >>> 32 - SLOT_BITS;
    }

    /** ASCII letters only: RFC 4343 section 3. */
    private static int lowerCase(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 0x20 : octet;
    }
}
