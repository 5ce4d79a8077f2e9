package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * One name of a zone with its RRsets, packed: a million names are one array, and a look-up touches few places of memory.
 * Never changed once it can be looked up. A name without RRsets is an empty non-terminal.
 *
 * <pre>
 *   length 4 | marks 1 | owner as loaded, in wire form
 *            | { type 2 | TTL 4 | records 2 | octets that follow 4 | { RDLENGTH 2 | RDATA }... }...
 * </pre>
 *
 * @param octets the node among others
 * @param from where it begins
 */
record ZoneNode(byte[] octets, int from) {
    /** Other servers answer for the name and all below it: NS that are not the apex's. */
    static final int CUT = 1;

    /** All names below it stand elsewhere: DNAME. */
    static final int MOVE = 1 << 1;

    /** What stands here is not this zone's to say: it is below a cut. */
    static final int OCCLUDED = 1 << 2;

    /** There is a {@code *} right below. */
    static final int WILDCARD_BELOW = 1 << 3;

    private static final int MARKS = Integer.BYTES;
    private static final int OWNER = MARKS + 1;
    private static final int SET_HEAD_OCTETS = 12;

    /** A node of RRsets that have one owner. */
    static ZoneNode of(int marks, Name owner, List<RecordSet> sets) {
        int size = OWNER + owner.length();
        for (RecordSet set : sets) {
            size += SET_HEAD_OCTETS + packedOctets(set);
        }
        ByteBuffer octets =
                ByteBuffer.allocate(size).putInt(size).put((byte) marks).put(owner.toWire());
        for (RecordSet set : sets) {
            octets.putShort((short) set.type())
                    .putInt(set.ttlSeconds())
                    .putShort((short) set.size())
                    .putInt(packedOctets(set));
            for (int i = 0; i < set.size(); i++) {
                octets.putShort((short) set.rdataLength(i)).put(set.rdata(i));
            }
        }
        return new ZoneNode(octets.array(), 0);
    }

    private static int packedOctets(RecordSet set) {
        int sum = 0;
        for (int i = 0; i < set.size(); i++) {
            sum += Short.BYTES + set.rdataLength(i);
        }
        return sum;
    }

    /** Whether it has one of the marks. */
    boolean is(int marks) {
        return (octets[from + MARKS] & marks) != 0;
    }

    /** Marks it, while its zone is being loaded. */
    void mark(int marks) {
        octets[from + MARKS] = (byte) marks;
    }

    /** Octets it takes. */
    int length() {
        return ByteBuffer.wrap(octets).getInt(from);
    }

    /** Where its owner begins. */
    int ownerFrom() {
        return from + OWNER;
    }

    /** Its name as loaded. */
    Name owner() {
        return WireNames.name(octets, ownerFrom());
    }

    /**
     * The RRset of a type, owned by the name given: as asked, or synthesized. For ANY the first one, as one RRset is
     * enough (RFC 8482 section 4.1).
     */
    @Nullable
    RecordSet set(Name owner, int qtype) {
        ByteBuffer at = atSets();
        while (at.hasRemaining()) {
            int type = Short.toUnsignedInt(at.getShort());
            if (type == qtype || qtype == Type.ANY) {
                return set(owner, type, at);
            }
            at.position(at.position() + Integer.BYTES + Short.BYTES);
            at.position(at.getInt() + at.position());
        }
        return null;
    }

    /** Every RRset, owned by the name as loaded. */
    List<RecordSet> sets() {
        ByteBuffer at = atSets();
        if (!at.hasRemaining()) {
            return List.of();
        }
        Name owner = owner();
        List<RecordSet> sets = new ArrayList<>();
        while (at.hasRemaining()) {
            sets.add(set(owner, Short.toUnsignedInt(at.getShort()), at));
        }
        return sets;
    }

    private ByteBuffer atSets() {
        int sets = WireNames.end(octets, ownerFrom());
        return ByteBuffer.wrap(octets, sets, from + length() - sets);
    }

    private static RecordSet set(Name owner, int type, ByteBuffer behindType) {
        int ttlSeconds = behindType.getInt();
        int count = Short.toUnsignedInt(behindType.getShort());
        behindType.getInt();
        return RecordSet.ofRdata(owner, type, ttlSeconds, count, behindType);
    }

    @Override
    public String toString() {
        return owner() + " " + sets();
    }
}
