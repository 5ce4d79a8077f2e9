package dev.waypost.kubernetes.zone;

import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Port;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.Coverage;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.snapshot.NamedEndpoint;
import dev.waypost.kubernetes.snapshot.NamespaceNode;
import dev.waypost.kubernetes.snapshot.ServiceNode;
import dev.waypost.zone.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What the names at and below services hold. */
final class ServiceNames {
    private static final Predicate<Port> ANY_PORT = port -> true;

    private final Name origin;
    private final ZoneSettings settings;
    private final Records records;

    ServiceNames(Name origin, ZoneSettings settings) {
        this.origin = origin;
        this.settings = settings;
        this.records = new Records(settings.ttlSeconds());
    }

    /** What is asked of a service; the grammar has read the name. */
    record Question(Name qname, int qtype, ClusterName.OfService name) {}

    /** A service that exists. */
    private record There(Service service, ServiceNode node) {
        boolean hasAddress() {
            return service.form() == Service.Form.CLUSTER_IP;
        }

        Stream<Port> ports() {
            return hasAddress()
                    ? service.ports().stream()
                    : node.endpoints().stream().flatMap(each -> each.ports().stream());
        }
    }

    Finding find(Question asked, ClusterSnapshot snapshot) {
        if (!settings.exposes(asked.name().namespace())) {
            return KubernetesZone.impossible();
        }
        Coverage coverage = snapshot.coverage();
        Extent extent = new Extent(asked.name().namespace(), asked.name().service());
        coverage.asked(extent.namespace(), extent.service());
        NamespaceNode namespace = snapshot.namespace(extent.namespace());
        if (namespace == null) {
            return coverage.missing(extent, false, snapshot.absentNamespaces());
        }
        ServiceNode node = namespace.service(asked.name().service());
        Service service = node == null ? null : node.service();
        if (node == null || service == null) {
            return coverage.missing(extent, false, namespace.absent());
        }
        if (service.form() == Service.Form.EXTERNAL_NAME) {
            return external(asked, service, node);
        }
        There there = new There(service, node);
        Finding found = isPassedOver(there) ? null : at(asked, there);
        return found == null ? coverage.missing(extent, true, node.witness()) : found;
    }

    /**
     * Everything at and below services, but for what only a question makes: addresses at the names of ports, SRV records of
     * single endpoints, zones of the infrastructure.
     */
    Stream<RecordSet> sets(ClusterSnapshot snapshot) {
        return snapshot.services(settings::exposes).stream().flatMap(each -> sets(each, snapshot));
    }

    private Stream<RecordSet> sets(ClusterSnapshot.Listed listed, ClusterSnapshot snapshot) {
        String namespace = listed.service().key().namespace();
        String service = listed.service().key().name();
        There there = new There(listed.service(), listed.node());
        Stream<RecordSet> own =
                sets(new ClusterName.Service(namespace, service), "", snapshot, Type.A, Type.AAAA, Type.SRV);
        Stream<RecordSet> ports = there.ports()
                .filter(port -> !port.name().isEmpty())
                .map(port -> new ClusterName.Port(namespace, service, port.name(), port.protocol()))
                .distinct()
                .flatMap(name -> sets(name, "_" + name.port() + "._" + name.protocol(), snapshot, Type.SRV));
        Stream<RecordSet> endpoints = listed.node().endpoints().stream()
                .map(NamedEndpoint::name)
                .distinct()
                .map(endpoint -> new ClusterName.Endpoint(namespace, service, endpoint))
                .flatMap(name -> sets(name, name.endpoint(), snapshot, Type.A, Type.AAAA));
        return Stream.of(own, ports, endpoints).flatMap(each -> each);
    }

    private Stream<RecordSet> sets(ClusterName.OfService name, String below, ClusterSnapshot snapshot, int... types) {
        return OwnerSets.of(
                Records.serviceName(origin, name.namespace(), name.service(), below),
                (owner, type) -> find(new Question(owner, type, name), snapshot),
                types);
    }

    private Finding external(Question asked, Service service, ServiceNode node) {
        String target = service.externalName();
        // Nothing stands below an alias; and an address is no name, though it would pass for one.
        if (!(asked.name() instanceof ClusterName.Service) || IpAddress.parse(target) != null) {
            return new Finding.NxDomain(node.witness());
        }
        return Records.below(target, Name.root)
                .<Finding>map(name -> new Finding.Alias(
                        records.names(asked.qname(), Type.CNAME, List.of(name)), name, node.witness()))
                .orElseGet(() -> new Finding.NxDomain(node.witness()));
    }

    /** A service that the settings let exist only with ready endpoints; and for CoreDNS an imported one without ports. */
    private boolean isPassedOver(There there) {
        if (!there.hasAddress()) {
            return false;
        }
        boolean portless = there.service().ports().contains(Port.ABSENT);
        return settings.emptyServicesIgnored() && !there.node().hasEndpoints()
                || settings.quirks() && settings.forms().imports() && portless;
    }

    /** Null where there is nothing, as far as the data goes. */
    private @Nullable Finding at(Question asked, There there) {
        Candidates candidates = candidates(asked.name(), there);
        if (!candidates.isEmpty()) {
            return of(asked, there, candidates);
        }
        return existsWithoutCandidates(asked.name(), there)
                ? new Finding.NoData(there.node().witness())
                : null;
    }

    private Finding of(Question asked, There there, Candidates candidates) {
        int qtype = asked.qtype();
        if (qtype == Type.SRV) {
            Name owner = nameOf(there.service());
            return found(
                    candidates.srv(asked.qname(), owner, records),
                    candidates.targetAddresses(owner, records),
                    there.node());
        }
        boolean addressAsked = qtype == Type.A || qtype == Type.AAAA;
        Optional<RecordSet> set =
                addressAsked ? records.addresses(asked.qname(), qtype, candidates.addresses()) : Optional.empty();
        return found(set, List.of(), there.node());
    }

    private static Finding found(Optional<RecordSet> set, List<RecordSet> additional, ServiceNode node) {
        return set.<Finding>map(found -> new Finding.Found(found, additional, node.witness()))
                .orElseGet(() -> new Finding.NoData(node.witness()));
    }

    /** A service's name as its object spells it, so that targets read the same whoever asked first. */
    private Name nameOf(Service service) {
        return Records.serviceName(
                        origin, service.key().namespace(), service.key().name(), "")
                .orElse(origin);
    }

    private static Candidates candidates(ClusterName.OfService name, There there) {
        if (name instanceof ClusterName.Endpoint endpoint) {
            return Candidates.of(there.node().endpoints(endpoint.endpoint()), ANY_PORT);
        }
        if (name instanceof ClusterName.Zonal zonal) {
            return Candidates.of(there.hasAddress() ? List.of() : inZone(zonal, there.node()), ANY_PORT);
        }
        if (name instanceof ClusterName.ZonalParent) {
            return Candidates.of(List.of(), ANY_PORT);
        }
        Predicate<Port> ports = name instanceof ClusterName.Port port
                ? each -> isAny(port.port(), each.name()) && isAny(port.protocol(), each.protocol())
                : ANY_PORT;
        return there.hasAddress()
                ? Candidates.of(there.service().clusterIps(), there.service().ports(), ports)
                : Candidates.of(there.node().endpoints(), ports);
    }

    /** Only with CoreDNS's quirks does the grammar let an empty word through: there it stands for any. */
    private static boolean isAny(String asked, String there) {
        return asked.isEmpty() || asked.equals(there);
    }

    private static List<NamedEndpoint> inZone(ClusterName.Zonal asked, ServiceNode node) {
        List<NamedEndpoint> all = node.endpoints();
        List<NamedEndpoint> there =
                all.stream().filter(each -> each.zone().equals(asked.zone())).toList();
        return there.isEmpty() && asked.orElseAll() ? all : there;
    }

    /** Names that exist for what stands below them, or will: RFC 8020 section 2. */
    private boolean existsWithoutCandidates(ClusterName.OfService name, There there) {
        if (name instanceof ClusterName.Zonal || name instanceof ClusterName.ZonalParent) {
            return !there.hasAddress() && there.node().hasEndpoints();
        }
        if (name instanceof ClusterName.Endpoint above) {
            return !settings.quirks()
                    && (isProtocolOfAPort(NameGrammar.bare(above.endpoint()), there)
                            || isCluster(above.endpoint(), there.node()));
        }
        // an address that is not allocated yet
        return name instanceof ClusterName.Service && there.hasAddress();
    }

    private static boolean isProtocolOfAPort(String label, There there) {
        boolean resolves = !there.hasAddress() || !there.service().clusterIps().isEmpty();
        return resolves
                && there.ports()
                        .anyMatch(port ->
                                !port.name().isEmpty() && port.protocol().equals(label));
    }

    private boolean isCluster(String label, ServiceNode node) {
        return settings.forms().imports()
                && node.endpoints().stream().anyMatch(each -> each.name().endsWith("." + label));
    }
}
