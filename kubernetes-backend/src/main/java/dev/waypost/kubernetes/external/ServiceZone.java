package dev.waypost.kubernetes.external;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.ExternalAddresses;
import dev.waypost.kubernetes.model.Port;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.snapshot.NamedEndpoint;
import dev.waypost.kubernetes.snapshot.NamespaceNode;
import dev.waypost.kubernetes.snapshot.ServiceNode;
import dev.waypost.kubernetes.zone.Candidates;
import dev.waypost.kubernetes.zone.NameGrammar;
import dev.waypost.kubernetes.zone.OwnerSets;
import dev.waypost.kubernetes.zone.Records;
import dev.waypost.zone.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The services of a cluster by the addresses at which they are reached from outside. */
final class ServiceZone extends ExternalZone {
    private static final Predicate<Port> ANY_PORT = port -> true;

    ServiceZone(Name origin, Supplier<ClusterView> cluster, ExternalSettings settings) {
        super(origin, cluster, settings);
    }

    /** What is asked of a service; the grammar has read the name. */
    private record Question(Name qname, int qtype, OutsideName.OfService name) {}

    @Override
    Finding find(Name qname, int qtype, Moment moment) {
        OutsideName name = OutsideName.read(qname, origin(), settings().apexLabel());
        if (name instanceof OutsideName.OfService asked) {
            return inNamespace(new Question(qname, qtype, asked), moment);
        }
        if (name instanceof OutsideName.Namespace namespace) {
            return atNamespace(moment, namespace.namespace());
        }
        if (name instanceof OutsideName.NameServer) {
            return apex().atNameServer(qtype, moment);
        }
        return name instanceof OutsideName.NonTerminal ? new Finding.NoData(Freshness.always()) : impossible();
    }

    @Override
    String namespaceOf(Name qname) {
        OutsideName name = qname.equals(origin())
                ? new OutsideName.Impossible()
                : OutsideName.read(qname, origin(), settings().apexLabel());
        if (name instanceof OutsideName.OfService asked) {
            return asked.namespace();
        }
        return name instanceof OutsideName.Namespace asked ? asked.namespace() : "";
    }

    @Override
    Stream<RecordSet> sets(Moment moment) {
        return moment
                .snapshot()
                .services(namespace -> moment.exposes(namespace)
                        && !namespace.equals(settings().apexLabel()))
                .stream()
                .flatMap(each -> sets(each, moment));
    }

    private Stream<RecordSet> sets(ClusterSnapshot.Listed listed, Moment moment) {
        String namespace = listed.service().key().namespace();
        String service = listed.service().key().name();
        List<NamedEndpoint> endpoints =
                endpointsCount(listed.service()) ? listed.node().endpoints() : List.of();
        Stream<RecordSet> own =
                sets(new OutsideName.Service(namespace, service), "", moment, Type.A, Type.AAAA, Type.SRV);
        Stream<RecordSet> ports = Stream.concat(
                        listed.service().ports().stream(), endpoints.stream().flatMap(each -> each.ports().stream()))
                .filter(port -> !port.name().isEmpty())
                .map(port -> new OutsideName.Port(namespace, service, port.name(), port.protocol()))
                .distinct()
                .flatMap(name -> sets(name, "_" + name.port() + "._" + name.protocol(), moment, Type.SRV));
        Stream<RecordSet> named = endpoints.stream()
                .map(NamedEndpoint::name)
                .distinct()
                .map(endpoint -> new OutsideName.Endpoint(namespace, service, endpoint))
                .flatMap(name -> sets(name, name.endpoint(), moment, Type.A, Type.AAAA));
        return Stream.of(own, ports, named).flatMap(each -> each);
    }

    private Stream<RecordSet> sets(OutsideName.OfService name, String below, Moment moment, int... types) {
        Optional<Name> owner = Records.below(name.namespace(), origin())
                .flatMap(parent -> Records.below(name.service(), parent))
                .flatMap(parent -> below.isEmpty() ? Optional.of(parent) : Records.below(below, parent));
        return OwnerSets.of(owner, (each, type) -> inNamespace(new Question(each, type, name), moment), types);
    }

    private static Finding atNamespace(Moment moment, String name) {
        if (!moment.exposes(name)) {
            return impossible();
        }
        NamespaceNode namespace = moment.snapshot().namespace(name);
        return namespace == null
                ? moment.absent(Extent.of(name), moment.snapshot().absentNamespaces())
                : new Finding.NoData(namespace.existence());
    }

    private Finding inNamespace(Question question, Moment moment) {
        OutsideName.OfService asked = question.name();
        if (!moment.exposes(asked.namespace())) {
            return impossible();
        }
        Extent extent = new Extent(asked.namespace(), asked.service());
        NamespaceNode namespace = moment.snapshot().namespace(asked.namespace());
        if (namespace == null) {
            return moment.absent(extent, moment.snapshot().absentNamespaces());
        }
        ServiceNode node = namespace.service(asked.service());
        Service service = node == null ? null : node.service();
        if (node == null || service == null) {
            return moment.absent(extent, namespace.absent());
        }
        Candidates candidates = candidates(node, service, asked);
        if (!candidates.isEmpty()) {
            return ofService(question, node, service, candidates);
        }
        return existsForNamesBelow(node, service, asked)
                ? new Finding.NoData(node.witness())
                : moment.absent(extent, node.witness());
    }

    /** External addresses come first; endpoints count only where there are none. */
    private Candidates candidates(ServiceNode node, Service service, OutsideName.OfService asked) {
        boolean endpoints = endpointsCount(service);
        if (asked instanceof OutsideName.Endpoint endpoint) {
            return Candidates.of(endpoints ? node.endpoints(endpoint.endpoint()) : List.of(), ANY_PORT);
        }
        Predicate<Port> ports = asked instanceof OutsideName.Port port
                ? each -> each.name().equals(port.port()) && each.protocol().equals(port.protocol())
                : ANY_PORT;
        if (endpoints && service.form() == Service.Form.HEADLESS) {
            return Candidates.of(node.endpoints(), ports);
        }
        ExternalAddresses external = service.external();
        return Candidates.of(external.ips(), service.ports(), ports).with(external.hostnames(), service.ports(), ports);
    }

    private boolean endpointsCount(Service service) {
        return settings().headless()
                && service.external().isEmpty()
                && service.form() != Service.Form.EXTERNAL_NAME; // nothing stands below an alias
    }

    private Finding ofService(Question question, ServiceNode node, Service service, Candidates candidates) {
        int qtype = question.qtype();
        if (qtype == Type.SRV) {
            return srv(question.qname(), node, service, candidates);
        }
        if (candidates.addresses().isEmpty()) {
            return host(question, node, service);
        }
        boolean addressAsked = qtype == Type.A || qtype == Type.AAAA;
        Optional<RecordSet> set =
                addressAsked ? records().addresses(question.qname(), qtype, candidates.addresses()) : Optional.empty();
        return set.<Finding>map(found -> new Finding.Found(found, node.witness()))
                .orElseGet(() -> new Finding.NoData(node.witness()));
    }

    private Finding srv(Name qname, ServiceNode node, Service service, Candidates candidates) {
        Name owner = Records.below(service.key().namespace(), origin())
                .flatMap(namespace -> Records.below(service.key().name(), namespace))
                .orElse(origin());
        return candidates
                .srv(qname, owner, records())
                .<Finding>map(
                        set -> new Finding.Found(set, candidates.targetAddresses(owner, records()), node.witness()))
                .orElseGet(() -> new Finding.NoData(node.witness()));
    }

    /** One alias, however many hostnames there are: a name has one canonical name (RFC 2181 section 10.1). */
    private Finding host(Question question, ServiceNode node, Service service) {
        if (!(question.name() instanceof OutsideName.Service)) {
            // An alias here would hide the SRV records of the port from whoever keeps it (RFC 1034 section 3.6.2).
            return new Finding.NoData(node.witness());
        }
        Name target = service.external().hostnames().get(0);
        return new Finding.Alias(
                records().names(question.qname(), Type.CNAME, List.of(target)), target, node.witness());
    }

    /** A name above names that exist, exists: RFC 8020 section 2. */
    private boolean existsForNamesBelow(ServiceNode node, Service service, OutsideName.OfService asked) {
        if (asked instanceof OutsideName.Endpoint protocol) {
            return hasPortOf(NameGrammar.bare(protocol.endpoint()), node, service);
        }
        return asked instanceof OutsideName.Service && endpointsCount(service) && node.hasEndpoints();
    }

    private boolean hasPortOf(String protocol, ServiceNode node, Service service) {
        Predicate<Port> named =
                port -> !port.name().isEmpty() && port.protocol().equals(protocol);
        if (endpointsCount(service)) {
            return service.form() == Service.Form.HEADLESS
                    && node.endpoints().stream()
                            .anyMatch(each -> each.ports().stream().anyMatch(named));
        }
        return !service.external().isEmpty() && service.ports().stream().anyMatch(named);
    }
}
