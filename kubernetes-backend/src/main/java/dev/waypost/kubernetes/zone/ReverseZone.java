package dev.waypost.kubernetes.zone;

import dev.waypost.RecordSet;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.zone.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The PTR records of a cluster's addresses, under {@code in-addr.arpa} or {@code ip6.arpa}. */
final class ReverseZone extends KubernetesZone {
    private final ZoneSettings settings;
    private final Records records;

    ReverseZone(Name origin, ClusterState state, ZoneSettings settings, Contact contact) {
        super(origin, state, settings, contact);
        this.settings = settings;
        this.records = new Records(settings.ttlSeconds());
    }

    @Override
    Finding find(Name qname, int qtype, ClusterSnapshot snapshot) {
        Finding found = plain(qname, qtype, snapshot);
        return settings.quirks() ? CoreDnsQuirks.atReverseName(qtype, found) : found;
    }

    /** An address may be any namespace's. */
    @Override
    String namespaceOf(Name qname) {
        return "";
    }

    /** A block between two octets is cut into zones that are an address each: {@code 192.0.2.0/27} (RFC 1035 section 3.5). */
    @Override
    Finding atApex(int qtype, ClusterSnapshot snapshot) {
        if (qtype != Type.PTR || !(ReverseName.read(origin()) instanceof ReverseName.Address reverse)) {
            return super.atApex(qtype, snapshot);
        }
        Finding found = ofAddress(origin(), qtype, snapshot, reverse);
        // An apex exists, whatever else stands at it.
        return found instanceof Finding.NxDomain ? new Finding.NoData(found.freshness()) : found;
    }

    @Override
    Stream<RecordSet> sets(ClusterSnapshot snapshot) {
        return ReverseName.read(origin()).network().stream()
                .flatMap(network -> snapshot.addressesOf(network).stream())
                .flatMap(address -> OwnerSets.of(
                        Optional.of(ReverseName.of(address)),
                        (owner, type) -> ofAddress(owner, type, snapshot, new ReverseName.Address(address)),
                        Type.PTR));
    }

    private Finding plain(Name qname, int qtype, ClusterSnapshot snapshot) {
        ReverseName name = ReverseName.read(qname);
        if (name instanceof ReverseName.Address reverse) {
            return ofAddress(qname, qtype, snapshot, reverse);
        }
        if (name instanceof ReverseName.Network network) {
            // An ancestor of a PTR name exists: RFC 8020 section 2.
            return snapshot.hasAddress(network.prefix(), settings::exposes)
                    ? new Finding.NoData(snapshot.changes())
                    : snapshot.coverage().missing(Extent.ALL, false, snapshot.changes());
        }
        return apex().ownName(qname, qtype).orElseGet(KubernetesZone::impossible);
    }

    private Finding ofAddress(Name qname, int qtype, ClusterSnapshot snapshot, ReverseName.Address reverse) {
        ClusterSnapshot.Owners owners = snapshot.owners(reverse.address(), settings::exposes);
        List<Name> targets = owners.owners().stream()
                .map(owner -> Records.serviceName(
                        settings.clusterDomain(), owner.namespace(), owner.service(), owner.endpoint()))
                .flatMap(Optional::stream)
                .toList();
        if (targets.isEmpty()) {
            return snapshot.coverage().missing(Extent.ALL, false, owners.witness());
        }
        return qtype == Type.PTR
                ? new Finding.Found(records.names(qname, Type.PTR, targets), owners.witness())
                : new Finding.NoData(owners.witness());
    }
}
