package dev.waypost;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An RRset: all records of one owner, type and class, with one TTL (RFC 2181 section 5).
 *
 * <p>Immutable, and safe for any number of threads. RDATA is kept in wire form without compression, so that a reply is
 * written by copying; {@link #records()} gives dnsjava's records to whoever wants fields. Two sets are equal when owner
 * (any letter case), type, class, TTL and the RDATA in any order are.
 */
public final class RecordSet {
    /** Octets between an owner name and the RDATA: type, class, TTL, RDLENGTH. */
    private static final int FIXED_OCTETS = 10;

    private final Name owner;
    private final int type;
    private final int rrclass;
    private final int ttlSeconds;
    private final byte[][] rdata;
    private volatile @Nullable List<Record> records;

    private RecordSet(Name owner, int type, int rrclass, int ttlSeconds, byte[][] rdata) {
        if (!owner.isAbsolute()) {
            throw new IllegalArgumentException("an owner wants an absolute name, found \"" + owner + "\"");
        }
        if (ttlSeconds < 0) {
            throw new IllegalArgumentException("a TTL wants 0..2147483647 seconds (RFC 2181 section 8), found "
                    + Integer.toUnsignedString(ttlSeconds));
        }
        if (rdata.length == 0) {
            throw new IllegalArgumentException("an RRset wants at least one record: " + owner + " " + type);
        }
        this.owner = owner;
        this.type = type;
        this.rrclass = rrclass;
        this.ttlSeconds = ttlSeconds;
        this.rdata = rdata;
    }

    /** A set of the given records. */
    public static RecordSet of(Record first, Record... more) {
        List<Record> all = new ArrayList<>(more.length + 1);
        all.add(first);
        all.addAll(Arrays.asList(more));
        return of(all);
    }

    /**
     * A set of the given records.
     *
     * @param records at least one, all of one owner, type and class; where TTLs differ the least is taken
     * @throws IllegalArgumentException for none, or for records that do not belong together
     */
    public static RecordSet of(List<Record> records) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("an RRset wants at least one record");
        }
        Record first = records.get(0);
        long ttl = first.getTTL();
        byte[][] rdata = new byte[records.size()][];
        for (int i = 0; i < rdata.length; i++) {
            Record each = records.get(i);
            if (!each.getName().equals(first.getName())
                    || each.getType() != first.getType()
                    || each.getDClass() != first.getDClass()) {
                throw new IllegalArgumentException(
                        "one RRset wants one owner, type and class: " + first + " | " + each);
            }
            ttl = Math.min(ttl, each.getTTL()); // RFC 2181 section 5.2
            rdata[i] = rdataOf(each);
        }
        return new RecordSet(first.getName(), first.getType(), first.getDClass(), Math.toIntExact(ttl), rdata);
    }

    /**
     * A set of class IN from RDATA in wire form.
     *
     * @param rdata at least one; names in it absolute and uncompressed; copied in
     */
    public static RecordSet ofRdata(Name owner, int type, int ttlSeconds, List<byte[]> rdata) {
        byte[][] copy = new byte[rdata.size()][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = rdata.get(i).clone();
        }
        return new RecordSet(owner, type, DClass.IN, ttlSeconds, copy);
    }

    /**
     * A set of class IN from RDATA that stand as in a message, each behind its RDLENGTH (RFC 1035 section 3.2.1).
     *
     * @param count how many there are, at least one
     * @param octets read from its position on; names in it absolute and uncompressed; copied
     */
    public static RecordSet ofRdata(Name owner, int type, int ttlSeconds, int count, ByteBuffer octets) {
        byte[][] rdata = new byte[count][];
        for (int i = 0; i < count; i++) {
            rdata[i] = new byte[Short.toUnsignedInt(octets.getShort())];
            octets.get(rdata[i]);
        }
        return new RecordSet(owner, type, DClass.IN, ttlSeconds, rdata);
    }

    private static byte[] rdataOf(Record record) {
        byte[] whole = record.toWire(Section.ANSWER); // uncompressed, as no other name stands before it
        return Arrays.copyOfRange(whole, record.getName().length() + FIXED_OCTETS, whole.length);
    }

    /** Absolute owner name, in the spelling of its source. */
    public Name owner() {
        return owner;
    }

    /** Type code, 1..65535. */
    public int type() {
        return type;
    }

    /** Class code; 1 (IN) nearly always. */
    public int rrclass() {
        return rrclass;
    }

    /** TTL, 0..2147483647 seconds. */
    public int ttlSeconds() {
        return ttlSeconds;
    }

    /** How many records there are, at least 1. */
    public int size() {
        return rdata.length;
    }

    /** Octets of one record's RDATA. */
    public int rdataLength(int index) {
        return rdata[index].length;
    }

    /** Copies one record's RDATA, names in it uncompressed, to an offset of a buffer that is large enough. */
    public void copyRdata(int index, byte[] target, int offset) {
        byte[] source = rdata[index];
        System.arraycopy(source, 0, target, offset, source.length);
    }

    /** One record's RDATA in wire form, names in it uncompressed; a copy. */
    public byte[] rdata(int index) {
        return rdata[index].clone();
    }

    /** The records as dnsjava values, in the set's order; made at the first call. */
    public List<Record> records() {
        List<Record> made = records;
        if (made == null) {
            made = Arrays.stream(rdata)
                    .map(each -> Record.newRecord(owner, type, rrclass, ttlSeconds, each))
                    .collect(Collectors.toUnmodifiableList());
            records = made;
        }
        return made;
    }

    /** The same records under another owner: a wildcard's, or the question's own spelling. */
    public RecordSet withOwner(Name name) {
        return new RecordSet(name, type, rrclass, ttlSeconds, rdata);
    }

    /** The same records with another TTL. */
    public RecordSet withTtl(int seconds) {
        return seconds == ttlSeconds ? this : new RecordSet(owner, type, rrclass, seconds, rdata);
    }

    /**
     * The same records in another order.
     *
     * @param order a permutation of {@code 0..size()-1}
     */
    public RecordSet inOrder(int... order) {
        byte[][] sorted = new byte[rdata.length][];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = rdata[order[i]];
        }
        return new RecordSet(owner, type, rrclass, ttlSeconds, sorted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordSet that
                && type == that.type
                && rrclass == that.rrclass
                && ttlSeconds == that.ttlSeconds
                && owner.equals(that.owner)
                && Arrays.deepEquals(sortedRdata(), that.sortedRdata());
    }

    private byte[][] sortedRdata() {
        byte[][] sorted = rdata.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return sorted;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (byte[] each : rdata) {
            sum += Arrays.hashCode(each); // any order
        }
        return 31 * (31 * owner.hashCode() + type) + sum;
    }

    /** The records in presentation form, one a line. */
    @Override
    public String toString() {
        return records().stream()
                .map(each -> owner + " " + ttlSeconds + " " + DClass.string(rrclass) + " " + Type.string(type) + " "
                        + each.rdataToString())
                .collect(Collectors.joining("\n"));
    }
}
