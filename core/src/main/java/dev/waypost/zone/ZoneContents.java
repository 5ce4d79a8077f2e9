package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import dev.waypost.RecordSet;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The records of a zone while it is being loaded, and the rules they must keep. For one thread.
 *
 * <p>Refuses what NSD, Knot and BIND refuse, naming the line where there is one.
 */
final class ZoneContents {
    /** The line of a record that came from no file. */
    static final int NO_LINE = 0;

    /** What an RRset may take of a message: 65535 octets without header and question (RFC 1035 section 4.2.2). */
    private static final int MOST_SET_OCTETS = 65_535 - 12 - 255 - 4;

    /** Octets of a record beside its RDATA, its owner compressed. */
    private static final int RECORD_OCTETS = 12;

    /** What may stand beside a CNAME: RFC 4035 section 2.5. */
    private static final Set<Integer> BESIDE_ALIAS = Set.of(Type.RRSIG, Type.NSEC, Type.KEY);

    private final Name origin;
    private final String source;
    private final Map<Name, Map<Integer, Set<Record>>> records = new LinkedHashMap<>();
    private final Map<Name, Integer> lines = new LinkedHashMap<>();
    private final Map<Set<Record>, Integer> octets = new IdentityHashMap<>();

    /**
     * @param source what faults call it: a file name, or words
     */
    ZoneContents(Name origin, String source) {
        this.origin = origin;
        this.source = source;
    }

    /**
     * Takes one record; the same record twice counts once (RFC 2181 section 5).
     *
     * @param line where it begins, from 1; {@link #NO_LINE} without a file
     */
    void add(Record record, int line) {
        String fault = placeFault(record);
        Map<Integer, Set<Record>> node = records.computeIfAbsent(record.getName(), owner -> new LinkedHashMap<>());
        if (fault == null) {
            fault = neighbourFault(record, node);
        }
        if (fault != null) {
            throw fault(line, fault);
        }
        Set<Record> set = node.computeIfAbsent(record.getType(), type -> new LinkedHashSet<>());
        lines.putIfAbsent(record.getName(), line);
        if (set.add(record)) {
            count(set, record, line);
        }
    }

    /** What is wrong with a record by itself. */
    private @Nullable String placeFault(Record record) {
        Name owner = record.getName();
        String type = Type.string(record.getType());
        if (record.getDClass() != DClass.IN) {
            return "a zone wants records of class IN, found " + DClass.string(record.getDClass());
        }
        if (!owner.subdomain(origin)) {
            return "a record wants an owner at or below " + origin + ", found " + owner;
        }
        if (!Type.isRR(record.getType())) {
            return "a zone wants record types, found " + type + ", which is only asked for";
        }
        boolean apex = owner.equals(origin);
        if (record.getType() == Type.SOA && !apex) {
            return "SOA wants the apex " + origin + " as its owner, found " + owner;
        }
        if (owner.isWild() && (record.getType() == Type.NS || record.getType() == Type.DNAME)) {
            return type + " wants an owner that is no wildcard (RFC 4592 sections 4.2 and 4.4), found " + owner;
        }
        return null;
    }

    /** What is wrong with a record beside those of its owner. */
    private @Nullable String neighbourFault(Record record, Map<Integer, Set<Record>> node) {
        int type = record.getType();
        Set<Record> own = node.get(type);
        boolean single = type == Type.SOA || type == Type.CNAME || type == Type.DNAME;
        if (single && own != null && !own.contains(record)) {
            return "a name wants one " + Type.string(type) + " (RFC 2181 section 10.1), found a second at "
                    + record.getName();
        }
        for (int other : node.keySet()) {
            boolean aliasAndData = (other == Type.CNAME) != (type == Type.CNAME)
                    && !BESIDE_ALIAS.contains(other)
                    && !BESIDE_ALIAS.contains(type);
            if (aliasAndData) {
                return "a CNAME wants no other data at its name (RFC 1034 section 3.6.2), found " + Type.string(type)
                        + " beside " + Type.string(other) + " at " + record.getName();
            }
            boolean cutAndMove = other == Type.NS && type == Type.DNAME || other == Type.DNAME && type == Type.NS;
            if (cutAndMove && !record.getName().equals(origin)) {
                return "a zone cut wants no DNAME (RFC 6672 section 2.3), found both at " + record.getName();
            }
        }
        return null;
    }

    private void count(Set<Record> set, Record record, int line) {
        int sum = octets.merge(set, record.rdataToWireCanonical().length + RECORD_OCTETS, Integer::sum);
        if (sum > MOST_SET_OCTETS) {
            throw fault(
                    line,
                    "an RRset wants to fit into one message of 65535 octets, found more at " + record.getName() + " "
                            + Type.string(record.getType()));
        }
    }

    Name origin() {
        return origin;
    }

    /** The one SOA. */
    RecordSet soa() {
        Set<Record> soa = records.getOrDefault(origin, Map.of()).get(Type.SOA);
        if (soa == null) {
            throw ConfigurationException.of(source, "a zone wants a SOA record at " + origin + ", found none");
        }
        return RecordSet.of(new ArrayList<>(soa));
    }

    /** The RRsets by owner and type, once everything is added; every name on the way to the apex is a key. */
    Map<Name, Map<Integer, RecordSet>> finish() {
        Map<Name, Map<Integer, RecordSet>> finished = new LinkedHashMap<>();
        records.forEach((owner, types) -> {
            refuseBelowMove(owner);
            for (int skip = 1; skip < owner.labels() - origin.labels(); skip++) {
                finished.putIfAbsent(new Name(owner, skip), Map.of()); // empty non-terminals exist: RFC 8020 section 2
            }
            Map<Integer, RecordSet> sets = new LinkedHashMap<>();
            types.forEach((type, set) -> sets.put(type, RecordSet.of(new ArrayList<>(set))));
            finished.put(owner, sets);
        });
        return finished;
    }

    private void refuseBelowMove(Name owner) {
        for (int skip = 1; skip <= owner.labels() - origin.labels(); skip++) {
            Name above = new Name(owner, skip);
            Map<Integer, Set<Record>> node = records.get(above);
            if (node != null && node.containsKey(Type.DNAME)) {
                throw fault(
                        lines.getOrDefault(owner, NO_LINE),
                        "a DNAME wants nothing below its name (RFC 6672 section 2.4), found " + owner + " below "
                                + above);
            }
        }
    }

    private ConfigurationException fault(int line, String fault) {
        return line == NO_LINE
                ? ConfigurationException.of(source, fault)
                : ConfigurationException.at(source, line, fault);
    }
}
