package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A zone whose records do not change: RFC 1034 section 4.3.2 with wildcards (RFC 4592), empty non-terminals (RFC 8020),
 * DNAME (RFC 6672) and delegations.
 *
 * <p>Immutable, and safe for any number of threads. Every finding for a name of the zone is made at load time; a
 * look-up is one hash probe, and for a missing name one more for each label that the name has and the zone may have.
 * {@link ReloadableZone} puts one zone in another's place.
 */
public final class StaticZone implements TransferableSource {
    private final Name origin;
    private final RecordSet soa;
    private final Witness witness = new Witness();
    private final Map<Name, ZoneNode> nodes;
    private final int mostLabels;
    private final Finding missing = new Finding.NxDomain(witness);

    private StaticZone(Name origin, RecordSet soa, Map<Name, Map<Integer, RecordSet>> sets) {
        this.origin = origin;
        this.soa = soa;
        this.nodes = ZoneTree.grow(origin, sets, witness);
        this.mostLabels = sets.keySet().stream().mapToInt(Name::labels).max().orElse(origin.labels());
    }

    /** A zone to add records to. */
    public static Builder builder(Name origin) {
        return new Builder(origin);
    }

    /** A zone of what was read and checked. */
    static StaticZone of(ZoneContents contents) {
        Map<Name, Map<Integer, RecordSet>> sets = contents.finish();
        return new StaticZone(contents.origin(), contents.soa(), sets);
    }

    @Override
    public Name origin() {
        return origin;
    }

    @Override
    public RecordSet soa() {
        return soa;
    }

    /** Every RRset as loaded, what lies below zone cuts included; in no particular order. */
    public List<RecordSet> recordSets() {
        return sets().collect(Collectors.toUnmodifiableList());
    }

    private Stream<RecordSet> sets() {
        return nodes.values().stream().flatMap(node -> node.sets().stream()).map(Finding.Found::set);
    }

    /** Always there: the zone has no other state. */
    @Override
    public Optional<ZoneTransfer> transfer() {
        return Optional.of(new ZoneTransfer(
                soa, () -> sets().filter(set -> set.type() != Type.SOA).iterator()));
    }

    @Override
    public Finding find(Name qname, int qtype) {
        ZoneNode node = nodes.get(qname);
        return node == null ? findMissing(qname, qtype) : node.at(qtype);
    }

    private Finding findMissing(Name qname, int qtype) {
        // No owner has more labels than mostLabels: a name of a hundred labels costs no hundred probes.
        int skip = Math.max(1, qname.labels() - mostLabels);
        while (skip < qname.labels() - origin.labels() && !nodes.containsKey(new Name(qname, skip))) {
            skip++;
        }
        ZoneNode closestEncloser = nodes.get(new Name(qname, skip));
        if (closestEncloser == null) {
            throw new IllegalArgumentException("find wants a name at or below " + origin + ", found " + qname);
        }
        if (closestEncloser.below() != null) {
            return closestEncloser.below();
        }
        // The wildcard right below the closest encloser, and no other: RFC 4592 section 3.3.1.
        ZoneNode sourceOfSynthesis = nodes.get(qname.wild(skip));
        return sourceOfSynthesis == null ? missing : sourceOfSynthesis.synthesized(qname, qtype);
    }

    /** Ended when another zone takes this one's place. */
    Witness witness() {
        return witness;
    }

    /** The same records under a witness of their own, for a zone that was replaced and comes back. */
    StaticZone renewed() {
        Map<Name, Map<Integer, RecordSet>> sets = new HashMap<>();
        nodes.forEach((owner, node) -> sets.put(
                owner,
                node.sets().stream().map(Finding.Found::set).collect(Collectors.toMap(RecordSet::type, set -> set))));
        return new StaticZone(origin, soa, sets);
    }

    /** Collects the records of a zone; for one thread. */
    public static final class Builder {
        private final ZoneContents contents;

        private Builder(Name origin) {
            this.contents = new ZoneContents(origin, "zone " + origin);
        }

        /**
         * Adds a record; the same record twice counts once.
         *
         * @throws dev.waypost.ConfigurationException for one that cannot be in this zone or beside what is in it
         */
        public Builder add(Record record) {
            contents.add(record, ZoneContents.NO_LINE);
            return this;
        }

        /** Adds every record of a set. */
        public Builder add(RecordSet set) {
            set.records().forEach(this::add);
            return this;
        }

        /**
         * The zone.
         *
         * @throws dev.waypost.ConfigurationException without a SOA, or for records below a DNAME
         */
        public StaticZone build() {
            return of(contents);
        }
    }
}
