package dev.waypost.kubernetes.external;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Staleness;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.zone.Contact;
import dev.waypost.kubernetes.zone.KubernetesZone;
import dev.waypost.kubernetes.zone.Records;
import dev.waypost.zone.Finding;
import dev.waypost.zone.Standing;
import dev.waypost.zone.TransferableSource;
import dev.waypost.zone.Witness;
import dev.waypost.zone.ZoneTransfer;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What the external zones of a cluster have in common. Safe for any number of threads. */
public abstract sealed class ExternalZone implements TransferableSource permits ServiceZone, AddressZone {
    /** Types that a name can hold; ANY gets the first that is there (RFC 8482 section 4.1). */
    private static final int[] ANY_OF = {Type.A, Type.AAAA, Type.SRV, Type.PTR};

    private final Name origin;
    private final Supplier<ClusterView> cluster;
    private final ExternalSettings settings;
    private final Records records;
    private final ExternalApex apex;

    ExternalZone(Name origin, Supplier<ClusterView> cluster, ExternalSettings settings) {
        this.origin = origin;
        this.cluster = cluster;
        this.settings = settings;
        this.records = new Records(settings.ttlSeconds());
        this.apex = new ExternalApex(origin, settings);
    }

    /**
     * The zone of this origin: reverse names under {@code in-addr.arpa} and {@code ip6.arpa}, else services.
     *
     * @param cluster asked at each look-up, never before: in a Corefile the cluster is configured later than its
     *     external zones
     */
    public static ExternalZone of(Name origin, Supplier<ClusterView> cluster, ExternalSettings settings) {
        return KubernetesZone.isReverse(origin)
                ? new AddressZone(origin, cluster, settings)
                : new ServiceZone(origin, cluster, settings);
    }

    @Override
    public final Name origin() {
        return origin;
    }

    @Override
    public final RecordSet soa() {
        return apex.soa(cluster.get().state().snapshot());
    }

    @Override
    public final Standing standing(Name qname) {
        Contact contact = cluster.get().contact();
        Standing all = contact.standing("");
        return all.staleness().equals(Staleness.FRESH) ? all : contact.standing(namespaceOf(qname));
    }

    /** The namespace whose objects decide what a name answers; empty where several may. */
    abstract String namespaceOf(Name qname);

    @Override
    public final Optional<ZoneTransfer> transfer() {
        ClusterView view = cluster.get();
        Moment moment = new Moment(view, view.state().snapshot());
        return moment.snapshot().coverage().isWhole()
                ? Optional.of(new ZoneTransfer(
                        apex.soa(moment.snapshot()),
                        () -> Stream.concat(apex.sets(moment), sets(moment)).iterator()))
                : Optional.empty();
    }

    /** Everything below the names of the zone itself. */
    abstract Stream<RecordSet> sets(Moment moment);

    @Override
    public final Finding find(Name qname, int qtype) {
        ClusterView view = cluster.get();
        Moment moment = new Moment(view, view.state().snapshot());
        if (qname.equals(origin)) {
            return atApex(qtype, moment);
        }
        return qtype == Type.ANY ? anyOf(qname, moment) : find(qname, qtype, moment);
    }

    private Finding anyOf(Name qname, Moment moment) {
        Finding finding = find(qname, ANY_OF[0], moment);
        for (int i = 1; i < ANY_OF.length && finding instanceof Finding.NoData; i++) {
            finding = find(qname, ANY_OF[i], moment);
        }
        return finding;
    }

    /** Finds what the apex holds. */
    Finding atApex(int qtype, Moment moment) {
        return apex.atApex(qtype, moment);
    }

    /** Finds a name below the apex. */
    abstract Finding find(Name qname, int qtype, Moment moment);

    final ExternalSettings settings() {
        return settings;
    }

    final Records records() {
        return records;
    }

    final ExternalApex apex() {
        return apex;
    }

    /** A name that no data could make exist. */
    static Finding impossible() {
        return new Finding.NxDomain(Freshness.always());
    }

    /**
     * The cluster as one look-up sees it, so that no answer is made of two moments.
     *
     * @param view what is the same at every moment
     */
    record Moment(ClusterView view, ClusterSnapshot snapshot) {
        boolean exposes(String namespace) {
            return view.settings().exposes(namespace);
        }

        /** A name that the data does not hold. @param asked whose objects decide about it */
        Finding absent(Extent asked, Witness witness) {
            return snapshot.coverage().missing(asked, false, witness);
        }
    }
}
