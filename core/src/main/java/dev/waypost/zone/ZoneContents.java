package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** What an RRset may take of a message: 65535 octets without header and question (RFC 1035 section 4.2.2). */
    private static final int MOST_SET_OCTETS = 65_535 - 12 - 255 - 4;

    /** What one array holds. */
    private static final int MOST_OCTETS = Integer.MAX_VALUE - 8;

    /** What may stand beside a CNAME: RFC 4035 section 2.5. */
    private static final Set<Integer> BESIDE_ALIAS = Set.of(Type.RRSIG, Type.NSEC, Type.KEY);

    private final Name origin;
    private final Place place;
    private final Map<Name, OwnerRecords> owners = new LinkedHashMap<>();
    private final Set<Name> cuts = new HashSet<>();
    private final Set<Name> moves = new HashSet<>();
    private final Set<Name> wildcardParents = new HashSet<>();
    private Name lastOwner;
    private @Nullable OwnerRecords last;

    /**
     * @param source what faults call it: a file name, or words
     */
    ZoneContents(Name origin, String source) {
        this.origin = origin;
        this.lastOwner = origin;
        this.place = new Place(source, 0);
    }

    /** Takes one record; the same record twice counts once (RFC 2181 section 5). */
    void add(Record record) {
        add(record, place);
    }

    /** Takes one record, from a line. */
    void add(Record record, Place at) {
        String fault = placeFault(record);
        if (fault != null) {
            throw at.fault(fault);
        }
        Name owner = record.getName();
        OwnerRecords beside = beside(owner, at);
        fault = neighbourFault(record, beside);
        if (fault != null) {
            throw at.fault(fault);
        }
        if (beside.add(record) > MOST_SET_OCTETS) {
            throw at.fault("an RRset wants to fit into one message of 65535 octets, found more at " + owner + " "
                    + Type.string(record.getType()));
        }
        mark(owner, record.getType());
    }

    /** The records of a name; those of the name before it are packed: the records of one name mostly stand together. */
    private OwnerRecords beside(Name owner, Place at) {
        OwnerRecords beside = owners.get(owner);
        if (beside == null) {
            beside = new OwnerRecords(at);
            owners.put(owner, beside);
        }
        if (beside != last) {
            if (last != null) {
                last.pack(lastOwner);
            }
            last = beside;
            lastOwner = owner;
        }
        return beside;
    }

    private void mark(Name owner, int type) {
        if (type == Type.NS && !owner.equals(origin)) {
            cuts.add(owner);
        } else if (type == Type.DNAME) {
            moves.add(owner);
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
        if (isOnlyAsked(record.getType())) {
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

    /** Types that no record has: RFC 6895 section 3.1. */
    private static boolean isOnlyAsked(int type) {
        return type == 0 || type >= 128 && type <= 255 || !Type.isRR(type);
    }

    /** What is wrong with a record beside those of its owner. */
    private @Nullable String neighbourFault(Record record, OwnerRecords beside) {
        int type = record.getType();
        boolean single = type == Type.SOA || type == Type.CNAME || type == Type.DNAME;
        if (single && beside.has(type) && !beside.has(record)) {
            return "a name wants one " + Type.string(type) + " (RFC 2181 section 10.1), found a second at "
                    + record.getName();
        }
        for (int other : beside.types()) {
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

    Name origin() {
        return origin;
    }

    /** The one SOA. */
    RecordSet soa() {
        OwnerRecords apex = owners.get(origin);
        RecordSet soa = apex == null ? null : apex.set(Type.SOA);
        if (soa == null) {
            throw place.fault("a zone wants a SOA record at " + origin + ", found none");
        }
        return soa;
    }

    /** The nodes, once everything is added; every name on the way to the apex is one. */
    List<ZoneNode> finish() {
        if (!moves.isEmpty()) {
            owners.forEach(this::refuseBelowMove);
        }
        List.copyOf(owners.keySet()).forEach(this::addEmptyNonTerminals);
        owners.keySet().stream().filter(Name::isWild).forEach(wild -> wildcardParents.add(new Name(wild, 1)));
        List<ZoneNode> nodes = new ArrayList<>(owners.size());
        long octets = 0;
        for (Map.Entry<Name, OwnerRecords> each : owners.entrySet()) {
            ZoneNode node = each.getValue().node(marks(each.getKey()), each.getKey());
            nodes.add(node);
            octets += node.length();
            if (octets > MOST_OCTETS) {
                throw place.fault("a zone wants at most " + MOST_OCTETS + " octets of names and records, found more");
            }
        }
        return nodes;
    }

    /** They exist: RFC 8020 section 2. */
    private void addEmptyNonTerminals(Name owner) {
        for (int skip = 1; skip < owner.labels() - origin.labels(); skip++) {
            if (owners.putIfAbsent(new Name(owner, skip), new OwnerRecords(place)) != null) {
                return; // and with it the names above
            }
        }
    }

    private int marks(Name owner) {
        int marks = cuts.contains(owner) ? ZoneNode.CUT : 0;
        marks |= moves.contains(owner) ? ZoneNode.MOVE : 0;
        marks |= isBelow(cuts, owner) ? ZoneNode.OCCLUDED : 0;
        return marks | (wildcardParents.contains(owner) ? ZoneNode.WILDCARD_BELOW : 0);
    }

    private boolean isBelow(Set<Name> uppers, Name owner) {
        if (uppers.isEmpty()) {
            return false;
        }
        for (int skip = 1; skip <= owner.labels() - origin.labels(); skip++) {
            if (uppers.contains(new Name(owner, skip))) {
                return true;
            }
        }
        return false;
    }

    private void refuseBelowMove(Name owner, OwnerRecords records) {
        if (isBelow(moves, owner)) {
            throw records.place().fault("a DNAME wants nothing below its name (RFC 6672 section 2.4), found " + owner);
        }
    }
}
