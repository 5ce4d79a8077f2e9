package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.u16;
import static dev.waypost.wire.BigEndian.u8;

/**
 * Walks over the names and records of a message that may be hostile; allocates nothing and never reads past the end.
 *
 * <p>The work for one message is bounded: every pointer must lead strictly backward, and the pointers followed in the
 * whole message, not in one name, are counted (RFC 9267 section 2; CVE-2026-96405). For one thread.
 */
final class RecordCursor {
    /** Octets of a name, the root label with them (RFC 1035 section 2.3.4). */
    static final int MAX_NAME = 255;

    /** Octets of a label (RFC 1035 section 2.3.4). */
    static final int MAX_LABEL = 63;

    private static final int POINTER = 0xC0;
    /** Octets between an owner and its RDATA: type, class, TTL, RDLENGTH. */
    static final int FIXED_OCTETS = 10;

    private final byte[] octets;
    private final int end;
    private int pointersLeft;
    private int position;
    private int owner;
    private int rdata;

    /**
     * @param start where the first name begins
     * @param end behind the last octet of the message
     * @param mostPointers how many compression pointers may be followed in all
     */
    RecordCursor(byte[] octets, int start, int end, int mostPointers) {
        this.octets = octets;
        this.position = start;
        this.end = end;
        this.pointersLeft = mostPointers;
    }

    int position() {
        return position;
    }

    /** Moves on. @return false where the message ends before that. */
    boolean skip(int count) {
        if (end - position < count) {
            return false;
        }
        position += count;
        return true;
    }

    /** Moves behind the name that begins here. @return false where it is no lawful name. */
    boolean skipName() {
        int at = position;
        int segment = position;
        int behind = -1;
        int length = 1; // the root label
        while (at < end) {
            int label = u8(octets, at);
            if (label == 0) {
                position = behind < 0 ? at + 1 : behind;
                return true;
            }
            if (label >= POINTER) {
                int target = pointerTarget(at, segment);
                if (target < 0) {
                    return false;
                }
                behind = behind < 0 ? at + 2 : behind;
                at = target;
                segment = target;
            } else {
                length += label + 1;
                if (label > MAX_LABEL
                        || length > MAX_NAME) { // label types 01 and 10 are not in use: RFC 6891 section 5
                    return false;
                }
                at += label + 1;
            }
        }
        return false;
    }

    /** Where a pointer leads, or -1 where it may not: into the header, to itself or forward, or once too often. */
    private int pointerTarget(int at, int segment) {
        if (at + 1 >= end || --pointersLeft < 0) {
            return -1;
        }
        int target = u16(octets, at) & NameCompressor.MAX_OFFSET;
        return target >= Header.OCTETS && target < segment ? target : -1;
    }

    /** Moves behind a record's owner and fixed fields, which then can be read. @return false where they are cut off. */
    boolean openRecord() {
        owner = position;
        if (!skipName() || !skip(FIXED_OCTETS)) {
            return false;
        }
        rdata = position;
        return true;
    }

    /** Moves behind the RDATA of the record just opened. @return false where it is cut off. */
    boolean closeRecord() {
        position = rdata;
        return skip(rdataLength());
    }

    /** Whether the owner is the root, written as the one octet that RFC 6891 section 6.1.2 wants. */
    boolean isRootOwned() {
        return octets[owner] == 0;
    }

    int owner() {
        return owner;
    }

    int type() {
        return u16(octets, rdata - FIXED_OCTETS);
    }

    /** The class; of an OPT record the payload size. */
    int rrclass() {
        return u16(octets, rdata - 8);
    }

    /** Where the TTL stands; of an OPT record extended RCODE, version and flags. */
    int ttlOffset() {
        return rdata - 6;
    }

    int rdata() {
        return rdata;
    }

    int rdataLength() {
        return u16(octets, rdata - 2);
    }
}
