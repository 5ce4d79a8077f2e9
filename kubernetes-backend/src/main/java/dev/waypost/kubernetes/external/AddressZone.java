package dev.waypost.kubernetes.external;

import dev.waypost.RecordSet;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.zone.OwnerSets;
import dev.waypost.kubernetes.zone.Records;
import dev.waypost.kubernetes.zone.ReverseName;
import dev.waypost.zone.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The PTR records of external addresses, under {@code in-addr.arpa} or {@code ip6.arpa}. */
final class AddressZone extends ExternalZone {
    AddressZone(Name origin, Supplier<ClusterView> cluster, ExternalSettings settings) {
        super(origin, cluster, settings);
    }

    @Override
    Finding find(Name qname, int qtype, Moment moment) {
        ReverseName name = ReverseName.read(qname);
        if (name instanceof ReverseName.Address reverse) {
            return ofAddress(qname, qtype, moment, reverse);
        }
        if (name instanceof ReverseName.Network network) {
            ClusterSnapshot snapshot = moment.snapshot();
            // An ancestor of a PTR name exists (RFC 8020 section 2); which, only a look at all addresses can tell.
            return snapshot.hasExternalAddress(network::contains, moment::exposes)
                    ? new Finding.NoData(snapshot.external().changes())
                    : moment.absent(Extent.ALL, snapshot.external().changes());
        }
        return apex().ownName(qname, qtype, moment).orElseGet(ExternalZone::impossible);
    }

    /** A block between two octets is cut into zones that are an address each, as of a cluster's own reverse zones. */
    @Override
    Finding atApex(int qtype, Moment moment) {
        if (qtype != Type.PTR || !(ReverseName.read(origin()) instanceof ReverseName.Address reverse)) {
            return super.atApex(qtype, moment);
        }
        Finding found = ofAddress(origin(), qtype, moment, reverse);
        // An apex exists, whatever else stands at it.
        return found instanceof Finding.NxDomain ? new Finding.NoData(found.freshness()) : found;
    }

    /** An address may be any namespace's. */
    @Override
    String namespaceOf(Name qname) {
        return "";
    }

    @Override
    Stream<RecordSet> sets(Moment moment) {
        return moment.snapshot().externalAddresses().stream()
                .filter(address -> ReverseName.of(address).subdomain(origin()))
                .flatMap(address -> OwnerSets.of(
                        Optional.of(ReverseName.of(address)),
                        (owner, type) -> ofAddress(owner, type, moment, new ReverseName.Address(address)),
                        Type.PTR));
    }

    private Finding ofAddress(Name qname, int qtype, Moment moment, ReverseName.Address reverse) {
        ClusterSnapshot.Owners owners = moment.snapshot().externalOwners(reverse.address(), moment::exposes);
        List<Name> targets = owners.owners().stream()
                .map(owner -> Records.below(owner.namespace(), settings().domain())
                        .flatMap(namespace -> Records.below(owner.service(), namespace)))
                .flatMap(Optional::stream)
                .toList();
        if (targets.isEmpty()) {
            return moment.absent(Extent.ALL, owners.witness());
        }
        return qtype == Type.PTR
                ? new Finding.Found(records().names(qname, Type.PTR, targets), owners.witness())
                : new Finding.NoData(owners.witness());
    }
}
