package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.List;
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
 * <p>Immutable, and safe for any number of threads. A look-up is one probe of a table, and for a missing name one more for
 * each label that the name has and the zone may have. {@link ReloadableZone} puts one zone in another's place.
 */
public final class StaticZone implements TransferableSource {
    private final RecordSet soa;
    private final ZoneSearch search;

    private StaticZone(RecordSet soa, ZoneSearch search) {
        this.soa = soa;
        this.search = search;
    }

    /** A zone to add records to. */
    public static Builder builder(Name origin) {
        return new Builder(origin);
    }

    /** A zone of what was read and checked. */
    static StaticZone of(ZoneContents contents) {
        RecordSet soa = contents.soa();
        return new StaticZone(soa, new ZoneSearch(contents.origin(), ZoneIndex.over(contents.finish()), new Witness()));
    }

    @Override
    public Name origin() {
        return search.origin();
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
        return search.index().nodes().flatMap(node -> node.sets().stream());
    }

    /** Always there: the zone has no other state. */
    @Override
    public Optional<ZoneTransfer> transfer() {
        return Optional.of(new ZoneTransfer(
                soa, () -> sets().filter(set -> set.type() != Type.SOA).iterator()));
    }

    @Override
    public Finding find(Name qname, int qtype) {
        return search.find(qname, qtype);
    }

    /** Ended when another zone takes this one's place. */
    Witness witness() {
        return search.witness();
    }

    /** The same records under a witness of their own, for a zone that was replaced and comes back. */
    StaticZone renewed() {
        return new StaticZone(soa, new ZoneSearch(search.origin(), search.index(), new Witness()));
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
            contents.add(record);
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
