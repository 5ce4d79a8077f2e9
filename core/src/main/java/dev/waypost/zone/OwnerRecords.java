package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The RRsets of one name while its zone is being loaded: few, and mostly of one record. Packed once no more are expected,
 * as a zone is biggest while it is loaded. For one thread.
 */
final class OwnerRecords {
    /** Octets of a record beside its RDATA, its owner compressed. */
    private static final int RECORD_OCTETS = 12;

    /** From so many records on, a hash set tells whether one is there already. */
    private static final int MANY = 8;

    private final Place place;
    private List<Open> sets = new ArrayList<>(1);
    private @Nullable ZoneNode packed; // instead of the sets
    private boolean packable = true;

    /**
     * @param place where the name's first record stands
     */
    OwnerRecords(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    boolean has(int type) {
        return open(type) != null;
    }

    boolean has(Record record) {
        Open open = open(record.getType());
        return open != null && open.has(record);
    }

    /** Packs the records, once: where more of them come nevertheless, they stay as they are from then on. */
    void pack(Name owner) {
        if (packable) {
            packed = ZoneNode.of(0, owner, sets());
            sets = List.of();
            packable = false;
        }
    }

    private List<Open> opened() {
        ZoneNode node = packed;
        if (node != null) {
            packed = null;
            sets = new ArrayList<>(2);
            node.sets().forEach(set -> set.records().forEach(this::add));
        }
        return sets;
    }

    /** All of them as a node of the zone. */
    ZoneNode node(int marks, Name owner) {
        pack(owner);
        ZoneNode node = packed;
        if (node == null) {
            return ZoneNode.of(marks, owner, sets());
        }
        node.mark(marks);
        return node;
    }

    /** The types, in the order they came. */
    List<Integer> types() {
        return opened().stream().map(set -> set.type).toList();
    }

    /**
     * Takes a record; the same one again changes nothing.
     *
     * @return octets that the record's RRset takes of a message
     */
    int add(Record record) {
        Open open = open(record.getType());
        if (open == null) {
            open = new Open(record.getType());
            opened().add(open);
        }
        return open.add(record);
    }

    private @Nullable Open open(int type) {
        for (Open set : opened()) {
            if (set.type == type) {
                return set;
            }
        }
        return null;
    }

    @Nullable
    RecordSet set(int type) {
        Open open = open(type);
        return open == null ? null : RecordSet.of(open.records);
    }

    private List<RecordSet> sets() {
        List<RecordSet> all = new ArrayList<>(sets.size());
        sets.forEach(set -> all.add(RecordSet.of(set.records)));
        return all;
    }

    /** One RRset that still grows. */
    private static final class Open {
        private final int type;
        private final List<Record> records = new ArrayList<>(1);
        private @Nullable Set<Record> known;
        private int octets;

        Open(int type) {
            this.type = type;
        }

        boolean has(Record record) {
            Set<Record> many = known;
            return many == null ? records.contains(record) : many.contains(record);
        }

        int add(Record record) {
            if (has(record)) {
                return octets;
            }
            records.add(record);
            if (known != null) {
                known.add(record);
            } else if (records.size() == MANY) {
                known = new HashSet<>(records);
            }
            octets += record.rdataToWireCanonical().length + RECORD_OCTETS;
            return octets;
        }
    }
}
