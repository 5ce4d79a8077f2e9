package dev.waypost.kubernetes.zone;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.snapshot.NamespaceNode;
import dev.waypost.kubernetes.snapshot.ServiceNode;
import dev.waypost.lookup.Endpoint;
import dev.waypost.lookup.EndpointSource;
import dev.waypost.lookup.Endpoints;
import dev.waypost.zone.Finding;
import dev.waypost.zone.Standing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The services and pods of a cluster, or the services it imports: Kubernetes DNS specification 1.1.0. */
final class ClusterZone extends KubernetesZone implements EndpointSource {
    private static final String SCHEMA_VERSION = "1.1.0";
    private static final int SCHEMA_TTL_SECONDS = 28800; // the specification's own example, and what CoreDNS says
    private static final int WHOLE_WEIGHT = 100;

    private final ZoneSettings settings;
    private final ServiceNames services;
    private final Records records;

    ClusterZone(Name origin, ClusterState state, ZoneSettings settings, Contact contact) {
        super(origin, state, settings, contact);
        this.settings = settings;
        this.services = new ServiceNames(origin, settings);
        this.records = new Records(settings.ttlSeconds());
    }

    @Override
    Finding find(Name qname, int qtype, ClusterSnapshot snapshot) {
        ClusterName name = NameGrammar.read(qname, origin(), settings.forms());
        Finding found = find(name, qname, qtype, snapshot);
        return settings.quirks() ? CoreDnsQuirks.atName(name, qname, origin(), qtype, found) : found;
    }

    @Override
    String namespaceOf(Name qname) {
        return NameGrammar.namespaceOf(qname, origin());
    }

    /** The service's objects; of an answer that no service has a part in, none. */
    @Override
    public List<String> basis(Name qname, int qtype) {
        ServiceNode service = service(NameGrammar.read(qname, origin(), settings.forms()), snapshot());
        return service == null ? List.of() : service.basis();
    }

    /** Of a service's own name, where the backend keeps attributes; ready or not. */
    @Override
    public Endpoints endpoints(Name qname) {
        ClusterSnapshot snapshot = snapshot();
        ClusterName name = NameGrammar.read(qname, origin(), settings.forms());
        Standing standing = standing(qname);
        ServiceNode service = name instanceof ClusterName.Service ? service(name, snapshot) : null;
        Freshness freshness = find(qname, Type.A, snapshot).freshness().and(standing.freshness());
        List<Endpoint> all = service == null ? List.of() : AttributedEndpoints.of(service);
        return new Endpoints(all, freshness, standing.staleness());
    }

    private @Nullable ServiceNode service(ClusterName name, ClusterSnapshot snapshot) {
        if (!(name instanceof ClusterName.OfService asked) || !settings.exposes(asked.namespace())) {
            return null;
        }
        NamespaceNode namespace = snapshot.namespace(asked.namespace());
        return namespace == null ? null : namespace.service(asked.service());
    }

    private Finding find(ClusterName name, Name qname, int qtype, ClusterSnapshot snapshot) {
        if (name instanceof ClusterName.OfService ofService) {
            return services.find(new ServiceNames.Question(qname, qtype, ofService), snapshot);
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

    /** Names of pods are made for questions: of {@code pods insecure} there is no end. */
    @Override
    Stream<RecordSet> sets(ClusterSnapshot snapshot) {
        Stream<RecordSet> version = OwnerSets.of(
                Records.below(NameGrammar.VERSION, origin()), (owner, type) -> dnsVersion(owner), Type.TXT);
        return Stream.concat(version, services.sets(snapshot));
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
                ? snapshot.coverage().missing(Extent.of(name), false, snapshot.absentNamespaces())
                : new Finding.NoData(namespace.existence());
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
            Freshness absence = namespace.freshness().and(pods.witness());
            return snapshot.coverage().missing(Extent.of(pod.namespace()), false, absence);
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
