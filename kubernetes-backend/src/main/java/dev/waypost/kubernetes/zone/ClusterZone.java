package dev.waypost.kubernetes.zone;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Port;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.snapshot.NamespaceNode;
import dev.waypost.kubernetes.snapshot.ServiceNode;
import dev.waypost.zone.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The services and pods of a cluster: Kubernetes DNS specification 1.1.0. */
final class ClusterZone extends KubernetesZone {
    private static final String SCHEMA_VERSION = "1.1.0";
    private static final int SCHEMA_TTL_SECONDS = 28800; // the specification's own example, and what CoreDNS says
    private static final int WHOLE_WEIGHT = 100;
    private static final Predicate<Port> ANY_PORT = port -> true;

    private final ZoneSettings settings;
    private final Records records;

    ClusterZone(Name origin, ClusterState state, ZoneSettings settings, Contact contact) {
        super(origin, state, settings, contact);
        this.settings = settings;
        this.records = new Records(settings.ttlSeconds());
    }

    @Override
    Finding find(Name qname, int qtype, ClusterSnapshot snapshot) {
        ClusterName name = NameGrammar.read(qname, origin(), settings.quirks());
        Finding found = find(name, qname, qtype, snapshot);
        return settings.quirks() ? CoreDnsQuirks.atName(name, qname, origin(), qtype, found) : found;
    }

    @Override
    String namespaceOf(Name qname) {
        return NameGrammar.namespaceOf(qname, origin());
    }

    private Finding find(ClusterName name, Name qname, int qtype, ClusterSnapshot snapshot) {
        if (name instanceof ClusterName.Service service) {
            return inService(qname, qtype, snapshot, service.namespace(), service.service(), new Asked(name));
        }
        if (name instanceof ClusterName.Endpoint endpoint) {
            return inService(qname, qtype, snapshot, endpoint.namespace(), endpoint.service(), new Asked(name));
        }
        if (name instanceof ClusterName.Port port) {
            return inService(qname, qtype, snapshot, port.namespace(), port.service(), new Asked(name));
        }
        if (name instanceof ClusterName.Namespace namespace) {
            return atNamespace(snapshot, namespace.namespace());
        }
        if (name instanceof ClusterName.PodNamespace || name instanceof ClusterName.Pod) {
            return settings.pods() == PodNames.NONE ? impossible() : inPods(qname, qtype, snapshot, name);
        }
        if (name instanceof ClusterName.NameServer) {
            return apex().atNameServer(qtype);
        }
        if (name instanceof ClusterName.DnsVersion) {
            return qtype == Type.TXT ? dnsVersion(qname) : new Finding.NoData(Freshness.always());
        }
        return name instanceof ClusterName.Impossible ? impossible() : new Finding.NoData(Freshness.always());
    }

    /** Which part of a service is asked for; the grammar has read it. */
    private record Asked(ClusterName name) {
        Predicate<Port> ports() {
            return name instanceof ClusterName.Port asked
                    ? port -> isAny(asked.port(), port.name()) && isAny(asked.protocol(), port.protocol())
                    : ANY_PORT;
        }
    }

    /** Only with CoreDNS's quirks does the grammar let an empty word through: there it stands for any. */
    private static boolean isAny(String asked, String there) {
        return asked.isEmpty() || asked.equals(there);
    }

    private static Finding impossible() {
        return new Finding.NxDomain(Freshness.always());
    }

    private static Finding dnsVersion(Name qname) {
        byte[] text = SCHEMA_VERSION.getBytes(StandardCharsets.US_ASCII);
        byte[] rdata = new byte[text.length + 1];
        rdata[0] = (byte) text.length; // a character-string: RFC 1035 section 3.3
        System.arraycopy(text, 0, rdata, 1, text.length);
        RecordSet set = RecordSet.ofRdata(qname, Type.TXT, SCHEMA_TTL_SECONDS, List.of(rdata));
        return new Finding.Found(set, Freshness.always());
    }

    private Finding atNamespace(ClusterSnapshot snapshot, String name) {
        if (!settings.exposes(name)) {
            return impossible();
        }
        NamespaceNode namespace = snapshot.namespace(name);
        return namespace == null
                ? absent(snapshot, snapshot.absentNamespaces())
                : new Finding.NoData(namespace.existence());
    }

    private Finding inService(
            Name qname, int qtype, ClusterSnapshot snapshot, String namespaceName, String serviceName, Asked asked) {
        if (!settings.exposes(namespaceName)) {
            return impossible();
        }
        NamespaceNode namespace = snapshot.namespace(namespaceName);
        if (namespace == null) {
            return absent(snapshot, snapshot.absentNamespaces());
        }
        ServiceNode node = namespace.service(serviceName);
        Service service = node == null ? null : node.service();
        if (node == null || service == null) {
            return absent(snapshot, namespace.absent());
        }
        if (service.form() == Service.Form.EXTERNAL_NAME) {
            return external(qname, service, node, asked);
        }
        boolean ignored =
                settings.emptyServicesIgnored() && service.form() == Service.Form.CLUSTER_IP && !node.hasEndpoints();
        return ignored ? absent(snapshot, node.witness()) : ofService(qname, qtype, snapshot, node, asked);
    }

    private Finding external(Name qname, Service service, ServiceNode node, Asked asked) {
        String target = service.externalName();
        // Nothing stands below an alias; and an address is no name, though it would pass for one.
        if (!(asked.name() instanceof ClusterName.Service) || IpAddress.parse(target) != null) {
            return new Finding.NxDomain(node.witness());
        }
        return Records.below(target, Name.root)
                .<Finding>map(name ->
                        new Finding.Alias(records.names(qname, Type.CNAME, List.of(name)), name, node.witness()))
                .orElseGet(() -> new Finding.NxDomain(node.witness()));
    }

    private Finding ofService(Name qname, int qtype, ClusterSnapshot snapshot, ServiceNode node, Asked asked) {
        Candidates candidates = candidates(node, asked);
        Service service = node.service();
        if (service == null || candidates.isEmpty()) {
            return existsWithoutCandidates(node, asked)
                    ? new Finding.NoData(node.witness())
                    : absent(snapshot, node.witness());
        }
        if (qtype == Type.SRV) {
            Name owner = serviceName(service);
            return candidates
                    .srv(qname, owner, records)
                    .<Finding>map(
                            set -> new Finding.Found(set, candidates.targetAddresses(owner, records), node.witness()))
                    .orElseGet(() -> new Finding.NoData(node.witness()));
        }
        boolean addressAsked = qtype == Type.A || qtype == Type.AAAA;
        Optional<RecordSet> set =
                addressAsked ? records.addresses(qname, qtype, candidates.addresses()) : Optional.empty();
        return set.<Finding>map(found -> new Finding.Found(found, node.witness()))
                .orElseGet(() -> new Finding.NoData(node.witness()));
    }

    private static Candidates candidates(ServiceNode node, Asked asked) {
        if (asked.name() instanceof ClusterName.Endpoint endpoint) {
            return Candidates.of(node.endpoints(endpoint.endpoint()), ANY_PORT);
        }
        Service service = node.service();
        return service != null && service.form() == Service.Form.CLUSTER_IP
                ? Candidates.of(service.clusterIps(), service.ports(), asked.ports())
                : Candidates.of(node.endpoints(), asked.ports());
    }

    /** A service whose address is not allocated yet; and {@code _tcp}, which stands above the names of ports. */
    private boolean existsWithoutCandidates(ServiceNode node, Asked asked) {
        Service service = node.service();
        if (service == null) {
            return false;
        }
        if (asked.name() instanceof ClusterName.Endpoint endpoint && !settings.quirks()) {
            String protocol = NameGrammar.bare(endpoint.endpoint());
            Asked everything = new Asked(new ClusterName.Service("", ""));
            Predicate<Port> named =
                    port -> !port.name().isEmpty() && port.protocol().equals(protocol);
            return !candidates(node, everything).isEmpty()
                    && (service.form() == Service.Form.CLUSTER_IP
                            ? service.ports().stream().anyMatch(named)
                            : node.endpoints().stream()
                                    .anyMatch(each -> each.ports().stream().anyMatch(named)));
        }
        return asked.name() instanceof ClusterName.Service && service.form() == Service.Form.CLUSTER_IP;
    }

    /** A service's name as its object spells it, so that targets read the same whoever asked first. */
    private Name serviceName(Service service) {
        return Records.serviceName(
                        origin(), service.key().namespace(), service.key().name(), "")
                .orElse(origin());
    }

    private Finding inPods(Name qname, int qtype, ClusterSnapshot snapshot, ClusterName name) {
        String namespaceName = name instanceof ClusterName.Pod pod
                ? pod.namespace()
                : name instanceof ClusterName.PodNamespace only ? only.namespace() : "";
        Finding namespace = atNamespace(snapshot, namespaceName);
        if (!(name instanceof ClusterName.Pod pod) || !(namespace instanceof Finding.NoData)) {
            return namespace;
        }
        IpAddress address = IpAddress.parseDashed(pod.pod());
        if (address == null) {
            return impossible();
        }
        ClusterSnapshot.PodsAt pods = snapshot.podsAt(address);
        boolean verified = settings.pods() == PodNames.KNOWN_PODS;
        if (verified && pods.pods().stream().noneMatch(key -> key.namespace().equals(pod.namespace()))) {
            return absent(snapshot, namespace.freshness().and(pods.witness()));
        }
        Freshness freshness = verified ? namespace.freshness().and(pods.witness()) : namespace.freshness();
        if (settings.quirks() && qtype == Type.SRV) {
            Name target = Records.below(pod.pod() + "." + pod.namespace() + ".pod", origin())
                    .orElse(qname);
            byte[] row = Records.srv(WHOLE_WEIGHT, 0, target);
            RecordSet srv = RecordSet.ofRdata(qname, Type.SRV, settings.ttlSeconds(), List.of(row));
            return new Finding.Found(srv, records.bothFamilies(target, List.of(address)), freshness);
        }
        boolean asked = qtype == (address.isV4() ? Type.A : Type.AAAA);
        Optional<RecordSet> set = asked ? records.addresses(qname, qtype, List.of(address)) : Optional.empty();
        return set.<Finding>map(found -> new Finding.Found(found, freshness))
                .orElseGet(() -> new Finding.NoData(freshness));
    }
}
