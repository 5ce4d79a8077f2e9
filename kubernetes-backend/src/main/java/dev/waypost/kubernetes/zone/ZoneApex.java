package dev.waypost.kubernetes.zone;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.zone.Finding;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** The names every zone of a cluster has for itself: its apex with SOA and NS, and {@code ns.dns}. */
final class ZoneApex {
    private static final long REFRESH_SECONDS = 7200;
    private static final long RETRY_SECONDS = 1800;
    private static final long EXPIRE_SECONDS = 86400;
    private static final int MOST_SOA_TTL_SECONDS = 300;

    private final Name origin;
    private final Name nameServer;
    private final Name mailbox;
    private final ZoneSettings settings;
    private final Records records;
    private volatile @Nullable Soa last;

    private record Soa(long serial, RecordSet set) {}

    ZoneApex(Name origin, ZoneSettings settings) {
        this.origin = origin;
        this.settings = settings;
        this.records = new Records(settings.ttlSeconds());
        this.nameServer = Records.below("ns.dns", origin).orElseThrow();
        this.mailbox = Records.below("hostmaster", origin).orElseThrow();
    }

    /** The SOA set; the same object until the serial moves. */
    RecordSet soa(ClusterSnapshot snapshot) {
        Soa made = last;
        if (made == null || made.serial != snapshot.serial()) {
            made = new Soa(snapshot.serial(), RecordSet.of(soaRecord(snapshot.serial())));
            last = made;
        }
        return made.set;
    }

    private SOARecord soaRecord(long serial) {
        int ttl = settings.ttlSeconds();
        return new SOARecord(
                origin,
                DClass.IN,
                Math.min(ttl, MOST_SOA_TTL_SECONDS),
                nameServer,
                mailbox,
                serial & 0xFFFF_FFFFL, // serials are a circle of 32 bits: RFC 1982
                REFRESH_SECONDS,
                RETRY_SECONDS,
                EXPIRE_SECONDS,
                ttl);
    }

    Finding atApex(int qtype, ClusterSnapshot snapshot) {
        return switch (qtype) {
            case Type.SOA, Type.ANY -> new Finding.Found(soa(snapshot), snapshot.changes());
            case Type.NS -> nameServers(snapshot);
            default -> new Finding.NoData(Freshness.always());
        };
    }

    /** A server that has no address of its own, because it answers this JVM only, names no name server. */
    private Finding nameServers(ClusterSnapshot snapshot) {
        if (settings.serverAddresses().isEmpty()) {
            return new Finding.NoData(Freshness.always());
        }
        Map<Name, Set<IpAddress>> servers = servers(snapshot);
        List<RecordSet> glue = servers.entrySet().stream()
                .flatMap(server -> records.bothFamilies(server.getKey(), server.getValue()).stream())
                .toList();
        return new Finding.Found(records.names(origin, Type.NS, servers.keySet()), glue, snapshot.changes());
    }

    /** The services in front of this server where it is a pod behind some; else the server by itself. */
    private Map<Name, Set<IpAddress>> servers(ClusterSnapshot snapshot) {
        Map<Name, Set<IpAddress>> servers = new LinkedHashMap<>();
        for (IpAddress address : settings.serverAddresses()) {
            snapshot.fronts(address, settings::exposes).forEach(front -> addServer(servers, front));
        }
        if (servers.isEmpty()) {
            servers.put(nameServer, new LinkedHashSet<>(settings.serverAddresses()));
        }
        return servers;
    }

    /** Names without an address cannot be asked, so they are none of a name server. */
    private void addServer(Map<Name, Set<IpAddress>> servers, ClusterSnapshot.Front front) {
        Service service = front.service();
        switch (service.form()) {
            case HEADLESS ->
                front.endpoints().forEach(each -> add(servers, service, each.name(), List.of(each.address())));
            case CLUSTER_IP -> add(servers, service, "", service.clusterIps());
            case EXTERNAL_NAME -> {} // nothing stands behind an alias
        }
    }

    private void add(Map<Name, Set<IpAddress>> servers, Service service, String label, List<IpAddress> addresses) {
        if (!addresses.isEmpty()) {
            Records.serviceName(
                            settings.clusterDomain(),
                            service.key().namespace(),
                            service.key().name(),
                            label)
                    .ifPresent(name -> servers.computeIfAbsent(name, any -> new LinkedHashSet<>())
                            .addAll(addresses));
        }
    }

    /** The names that a zone has for its server: {@code ns.dns} and the name above it; empty for every other name. */
    Optional<Finding> ownName(Name qname, int qtype) {
        if (qname.equals(nameServer)) {
            return Optional.of(atNameServer(qtype));
        }
        return qname.equals(new Name(nameServer, 1))
                ? Optional.of(new Finding.NoData(Freshness.always()))
                : Optional.empty();
    }

    /** Everything that stands at these names, but for the SOA. */
    Stream<RecordSet> sets(ClusterSnapshot snapshot) {
        return Stream.concat(
                OwnerSets.of(Optional.of(origin), (owner, type) -> atApex(type, snapshot), Type.NS),
                OwnerSets.of(Optional.of(nameServer), (owner, type) -> atNameServer(type), Type.A, Type.AAAA));
    }

    /** The addresses of {@code ns.dns}: always those the server itself is asked at. */
    Finding atNameServer(int qtype) {
        boolean asked = qtype == Type.A || qtype == Type.AAAA;
        Optional<RecordSet> set =
                asked ? records.addresses(nameServer, qtype, settings.serverAddresses()) : Optional.empty();
        return set.<Finding>map(found -> new Finding.Found(found, Freshness.always()))
                .orElseGet(() -> new Finding.NoData(Freshness.always()));
    }
}
