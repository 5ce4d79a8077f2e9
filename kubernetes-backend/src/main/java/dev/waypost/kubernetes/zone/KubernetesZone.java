package dev.waypost.kubernetes.zone;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Staleness;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.zone.Finding;
import dev.waypost.zone.Standing;
import dev.waypost.zone.TransferableSource;
import dev.waypost.zone.ZoneTransfer;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What forward and reverse zones of a cluster have in common. Safe for any number of threads. */
public abstract sealed class KubernetesZone implements TransferableSource permits ClusterZone, ReverseZone {
    /** Types that a name of a cluster can hold; ANY gets the first that is there (RFC 8482 section 4.1). */
    private static final int[] ANY_OF = {Type.A, Type.AAAA, Type.SRV, Type.PTR, Type.TXT};

    private final Name origin;
    private final ClusterState state;
    private final Contact contact;
    private final ZoneApex apex;
    private final boolean quirks;

    KubernetesZone(Name origin, ClusterState state, ZoneSettings settings, Contact contact) {
        this.origin = origin;
        this.state = state;
        this.contact = contact;
        this.apex = new ZoneApex(origin, settings);
        this.quirks = settings.quirks();
    }

    /**
     * The zone of this origin: reverse names under {@code in-addr.arpa} and {@code ip6.arpa}, else service names.
     *
     * @param state of the cluster; or its imports, with settings for them
     */
    public static KubernetesZone of(Name origin, ClusterState state, ZoneSettings settings, Contact contact) {
        return isReverse(origin)
                ? new ReverseZone(origin, state, settings, contact)
                : new ClusterZone(origin, state, settings, contact);
    }

    /** Whether a zone of this origin holds PTR records and no services. */
    public static boolean isReverse(Name origin) {
        return ReverseName.isReverse(origin);
    }

    @Override
    public final Name origin() {
        return origin;
    }

    @Override
    public final RecordSet soa() {
        return apex.soa(state.snapshot());
    }

    @Override
    public final Standing standing(Name qname) {
        Standing all = contact.standing("");
        return all.staleness().equals(Staleness.FRESH) ? all : contact.standing(namespaceOf(qname));
    }

    /** The namespace whose objects decide what a name answers; empty where several may. */
    abstract String namespaceOf(Name qname);

    /** Not before everything is known, and not of a cluster of which only what is asked for is ever known. */
    @Override
    public final Optional<ZoneTransfer> transfer() {
        ClusterSnapshot snapshot = state.snapshot();
        return snapshot.coverage().isWhole()
                ? Optional.of(new ZoneTransfer(
                        apex.soa(snapshot),
                        () -> Stream.concat(apex.sets(snapshot), sets(snapshot)).iterator()))
                : Optional.empty();
    }

    /** Everything below the names of the zone itself. */
    abstract Stream<RecordSet> sets(ClusterSnapshot snapshot);

    @Override
    public final Finding find(Name qname, int qtype) {
        // One snapshot a look-up, so that no answer is made of two moments.
        ClusterSnapshot snapshot = state.snapshot();
        if (qname.equals(origin)) {
            Finding found = atApex(qtype, snapshot);
            return quirks ? CoreDnsQuirks.atApex(qname, qtype, found) : found;
        }
        return qtype == Type.ANY ? anyOf(qname, snapshot) : find(qname, qtype, snapshot);
    }

    private Finding anyOf(Name qname, ClusterSnapshot snapshot) {
        if (quirks) {
            return CoreDnsQuirks.any(find(qname, Type.A, snapshot));
        }
        Finding finding = find(qname, ANY_OF[0], snapshot);
        for (int i = 1; i < ANY_OF.length && finding instanceof Finding.NoData; i++) {
            finding = find(qname, ANY_OF[i], snapshot);
        }
        return finding;
    }

    /** Finds what the apex holds. */
    Finding atApex(int qtype, ClusterSnapshot snapshot) {
        return apex.atApex(qtype, snapshot);
    }

    /** Finds a name below the apex. */
    abstract Finding find(Name qname, int qtype, ClusterSnapshot snapshot);

    final ClusterSnapshot snapshot() {
        return state.snapshot();
    }

    final ZoneApex apex() {
        return apex;
    }

    /** A name that no data could make exist. */
    static Finding impossible() {
        return new Finding.NxDomain(Freshness.always());
    }
}
