package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.put16;
import static dev.waypost.wire.BigEndian.put32;
import static dev.waypost.wire.BigEndian.u16;

import dev.waypost.RecordSet;
import org.xbill.DNS.Name;

/**
 * Writes RRsets into a message, whole or not at all: an RRset is never cut (RFC 2181 section 5).
 *
 * <p>Reused from message to message; for one thread.
 */
final class RrsetWriter {
    private static final int POINTER = 0xC000;
    private static final int NOWHERE = -1;
    private static final byte[] UNUSED = {};

    private final NameCompressor names = new NameCompressor();
    private final byte[] rdata = new byte[RdataNames.MAX_RDATA];
    private byte[] out = {};
    private int limit;
    private int position;
    private Name qname = Name.root;

    /**
     * Begins a message that holds its header and question already.
     *
     * @param most behind the last octet that records may take
     * @param keepingCase whether every name keeps its own letter case, at the cost of some compression
     */
    void begin(byte[] space, QueryMessage.Question question, int most, boolean keepingCase) {
        out = space;
        position = question.end();
        limit = most;
        qname = question.qname();
        names.begin(space, keepingCase);
        if (question.wasRead()) {
            names.remember(Header.OCTETS);
        }
    }

    /** The message. */
    byte[] space() {
        return out;
    }

    /** Behind the last record written. */
    int position() {
        return position;
    }

    /**
     * Writes a set.
     *
     * @param first which record to begin with; the others follow in the set's order, around its end
     * @return false where the set does not fit; nothing of it is left in the message then
     */
    boolean write(RecordSet set, int first) {
        int begin = position;
        int mark = names.mark();
        if (writeRecords(set, first)) {
            return true;
        }
        position = begin;
        names.rollBack(mark);
        return false;
    }

    /**
     * Writes records of a set, as many as fit.
     *
     * @param from which record to begin with
     * @return the first record that was left out; the set's size where none was
     */
    int writeFrom(RecordSet set, int from) {
        byte[] owner = set.owner().toWire();
        for (int i = from; i < set.size(); i++) {
            int begin = position;
            int mark = names.mark();
            if (!writeName(owner, 0) || !writeRecord(set, i)) {
                position = begin;
                names.rollBack(mark);
                return i;
            }
        }
        return set.size();
    }

    private boolean writeRecords(RecordSet set, int first) {
        int size = set.size();
        // The client's own spelling, wherever the owner is what it asked for.
        boolean asked = qname.labels() > 1 && set.owner().equals(qname);
        int pointer = asked ? Header.OCTETS : NOWHERE;
        byte[] owner = asked ? UNUSED : set.owner().toWire();
        for (int i = 0; i < size; i++) {
            int begin = position;
            if (!writeOwner(owner, pointer) || !writeRecord(set, first + i < size ? first + i : first + i - size)) {
                return false;
            }
            pointer = pointer == NOWHERE ? pointerTo(begin) : pointer;
        }
        return true;
    }

    private boolean writeOwner(byte[] owner, int pointer) {
        if (pointer == NOWHERE) {
            return writeName(owner, 0);
        }
        if (limit - position < 2) {
            return false;
        }
        put16(out, position, POINTER | pointer);
        position += 2;
        return true;
    }

    /** What the other records of a set may point to, when the owner of the first stands at {@code begin}. */
    private int pointerTo(int begin) {
        int start = u16(out, begin);
        if (start >= POINTER) {
            return start & NameCompressor.MAX_OFFSET; // a pointer to a pointer would be lawful, and slower to follow
        }
        boolean root = out[begin] == 0;
        return root || begin > NameCompressor.MAX_OFFSET ? NOWHERE : begin;
    }

    private boolean writeName(byte[] source, int from) {
        int end = names.write(source, from, position, limit);
        if (end < 0) {
            return false;
        }
        position = end;
        return true;
    }

    private boolean writeRecord(RecordSet set, int index) {
        if (limit - position < RecordCursor.FIXED_OCTETS) {
            return false;
        }
        put16(out, position, set.type());
        put16(out, position + 2, set.rrclass());
        put32(out, position + 4, set.ttlSeconds());
        position += RecordCursor.FIXED_OCTETS;
        int begin = position;
        if (!writeRdata(set, index)) {
            return false;
        }
        put16(out, begin - 2, position - begin);
        return true;
    }

    private boolean writeRdata(RecordSet set, int index) {
        int length = set.rdataLength(index);
        RdataNames layout = RdataNames.of(set.type());
        if (layout != RdataNames.NONE && length <= rdata.length) {
            set.copyRdata(index, rdata, 0);
            if (layout.areIn(rdata, length)) {
                return writeNames(layout, length);
            }
        }
        if (limit - position < length) {
            return false;
        }
        set.copyRdata(index, out, position);
        position += length;
        return true;
    }

    /** Writes the RDATA in the scratch array with its names compressed. */
    private boolean writeNames(RdataNames layout, int length) {
        if (!copy(0, layout.leadingOctets())) {
            return false;
        }
        int at = layout.leadingOctets();
        for (int i = 0; i < layout.count(); i++) {
            if (!writeName(rdata, at)) {
                return false;
            }
            at = RdataNames.nameEnd(rdata, at, length);
        }
        return copy(at, length - at);
    }

    private boolean copy(int from, int count) {
        if (limit - position < count) {
            return false;
        }
        System.arraycopy(rdata, from, out, position, count);
        position += count;
        return true;
    }
}
