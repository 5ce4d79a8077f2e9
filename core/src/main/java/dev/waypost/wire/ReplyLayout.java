package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.u16;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** What of a reply changes from replay to replay: where its TTLs stand, and which address records may be rotated. */
final class ReplyLayout {
    private static final int POINTER = 0xC000;
    private static final long NO_ADDRESS = 0;
    /** An address record whose owner is no pointer: longer than the others of its set. */
    private static final long SPELLED_OWNER = -1;

    private static final int[] NO_TTLS = {};
    private static final AddressRun[] NO_RUNS = {};

    private final int[] ttls;
    private final AddressRun[] runs;

    private ReplyLayout(int[] ttls, AddressRun[] runs) {
        this.ttls = ttls;
        this.runs = runs;
    }

    /**
     * The layout of a reply that this plane wrote.
     *
     * @param octets the reply
     * @param questionEnd where its records begin
     * @param timed whether TTLs count down
     * @param rotatable whether addresses rotate
     * @return null where addresses would have to rotate and cannot: their records differ in length
     */
    static @Nullable ReplyLayout of(byte[] octets, int questionEnd, boolean timed, boolean rotatable) {
        int[] ttls = timed ? ttlsOf(octets, questionEnd) : NO_TTLS;
        if (!rotatable) {
            return new ReplyLayout(ttls, NO_RUNS);
        }
        AddressRun[] runs = runsOf(octets, questionEnd);
        return runs == null ? null : new ReplyLayout(ttls, runs);
    }

    /** Offsets of the TTLs that count down; not to be written to. */
    int[] ttls() {
        return ttls;
    }

    /** The runs that rotate; not to be written to. */
    AddressRun[] runs() {
        return runs;
    }

    private static int[] ttlsOf(byte[] octets, int questionEnd) {
        int records = u16(octets, Header.ANCOUNT) + u16(octets, Header.NSCOUNT) + u16(octets, Header.ARCOUNT);
        int[] ttls = new int[records];
        int count = 0;
        RecordCursor cursor = new RecordCursor(octets, questionEnd, octets.length, Integer.MAX_VALUE);
        for (int i = 0; i < records && cursor.openRecord(); i++) {
            if (cursor.type() != Type.OPT) { // its TTL field is none: RFC 6891 section 6.1.3
                ttls[count++] = cursor.ttlOffset();
            }
            cursor.closeRecord();
        }
        return Arrays.copyOf(ttls, count);
    }

    private static AddressRun @Nullable [] runsOf(byte[] octets, int questionEnd) {
        List<AddressRun> runs = new ArrayList<>(1);
        RecordCursor cursor = new RecordCursor(octets, questionEnd, octets.length, Integer.MAX_VALUE);
        int begin = questionEnd;
        int count = 0;
        long kind = NO_ADDRESS;
        for (int left = u16(octets, Header.ANCOUNT); left >= 0; left--) {
            int at = cursor.position();
            long next = left > 0 && cursor.openRecord() ? kindOf(octets, cursor) : NO_ADDRESS;
            if (next == SPELLED_OWNER) {
                return null;
            }
            if (next != kind) {
                if (kind != NO_ADDRESS && count > 1) {
                    runs.add(new AddressRun(begin, (at - begin) / count, count));
                }
                begin = at;
                count = 0;
                kind = next;
            }
            count++;
            if (left > 0) {
                cursor.closeRecord();
            }
        }
        return runs.toArray(NO_RUNS);
    }

    /** Equal for address records of one RRset: owner, type and length in one number. */
    private static long kindOf(byte[] octets, RecordCursor cursor) {
        int type = cursor.type();
        if (type != Type.A && type != Type.AAAA) {
            return NO_ADDRESS;
        }
        int owner = u16(octets, cursor.owner());
        return owner < POINTER ? SPELLED_OWNER : (long) owner << 32 | type << 16 | cursor.rdataLength();
    }
}
