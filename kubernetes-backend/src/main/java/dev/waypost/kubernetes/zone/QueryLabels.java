package dev.waypost.kubernetes.zone;

import dev.waypost.Client;
import dev.waypost.MetadataSource;
import dev.waypost.Query;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.ClusterState;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * Labels about a query: what its name means, whether or not there is such a name, and whose pod asks.
 *
 * <pre>
 *   kubernetes/kind namespace service endpoint port-name protocol    empty where the name has no such part
 *   kubernetes/cluster, kubernetes/zone                              of imported services; of zonal names
 *   kubernetes/parse-error                                           alone, for a name outside the grammar
 *   kubernetes/client-namespace client-pod-name client-label/KEY     for any name, where pods are known
 * </pre>
 *
 * Safe for any number of threads.
 */
public final class QueryLabels implements MetadataSource {
    private static final String PREFIX = "kubernetes/";
    private static final String CLIENT = "client-";
    private static final String CLIENT_LABEL = "client-label/";
    private static final String INVALID = "invalid query name";

    private final Map<Name, NameForms> zones;
    private final ClusterState state;

    /** Labels for names in these zones, and for the pods of a cluster. */
    public QueryLabels(Map<Name, NameForms> zones, ClusterState state) {
        this.zones = Map.copyOf(zones);
        this.state = state;
    }

    @Override
    public Optional<String> value(String label, Query query) {
        if (!label.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String part = label.substring(PREFIX.length());
        return part.startsWith(CLIENT) ? ofClient(part, query.client()) : ofName(part, query.qname());
    }

    private Optional<String> ofClient(String part, Client client) {
        ClusterSnapshot snapshot = state.snapshot();
        return snapshot.podOf(IpAddress.of(client.address().getAddress())).flatMap(pod -> ofPod(part, pod, snapshot));
    }

    private static Optional<String> ofPod(String part, ObjectKey pod, ClusterSnapshot snapshot) {
        return switch (part) {
            case "client-namespace" -> Optional.of(pod.namespace());
            case "client-pod-name" -> Optional.of(pod.name());
            default ->
                part.startsWith(CLIENT_LABEL)
                        ? Optional.ofNullable(snapshot.podLabels(pod).get(part.substring(CLIENT_LABEL.length())))
                        : Optional.empty();
        };
    }

    private Optional<String> ofName(String part, Name qname) {
        return zones.keySet().stream()
                .filter(qname::subdomain)
                .max(Comparator.comparingInt(Name::labels))
                .flatMap(zone -> ofName(part, qname, zone));
    }

    private Optional<String> ofName(String part, Name qname, Name zone) {
        NameForms forms = zones.getOrDefault(zone, NameForms.PLAIN);
        // As CoreDNS reads it, so that policies written for it mean the same; whether the name exists is no matter
        // here.
        ClusterName name = NameGrammar.read(qname, zone, new NameForms(true, forms.imports(), forms.zonal()));
        Optional<Parts> parts = parts(name, qname);
        if (part.equals("parse-error")) {
            return parts.isPresent() ? Optional.empty() : Optional.of(INVALID);
        }
        return parts.flatMap(known -> known.value(part, forms));
    }

    /** What a name is made of; empty where it is outside the grammar. */
    private static Optional<Parts> parts(ClusterName name, Name qname) {
        if (name instanceof ClusterName.OfService service) {
            return Optional.of(Parts.of(service));
        }
        if (name instanceof ClusterName.Namespace namespace) {
            return Optional.of(Parts.NONE.in("svc", namespace.namespace(), ""));
        }
        if (name instanceof ClusterName.PodNamespace namespace) {
            return Optional.of(Parts.NONE.in("pod", namespace.namespace(), ""));
        }
        if (name instanceof ClusterName.Pod pod) {
            return Optional.of(Parts.NONE.in("pod", pod.namespace(), pod.pod()));
        }
        boolean empty = name instanceof ClusterName.Apex
                || name instanceof ClusterName.NonTerminal
                        && !qname.getLabelString(0).equalsIgnoreCase("dns");
        return empty ? Optional.of(Parts.NONE) : Optional.empty();
    }

    private record Parts(
            String kind,
            String namespace,
            String service,
            String endpoint,
            String port,
            String protocol,
            String cluster,
            String zone) {
        static final Parts NONE = new Parts("", "", "", "", "", "", "", "");

        Parts in(String itsKind, String itsNamespace, String itsService) {
            return new Parts(itsKind, itsNamespace, itsService, endpoint, port, protocol, cluster, zone);
        }

        static Parts of(ClusterName.OfService name) {
            Parts below = NONE;
            if (name instanceof ClusterName.Endpoint endpoint) {
                int dot = endpoint.endpoint().lastIndexOf('.'); // the cluster of an imported endpoint
                String label =
                        dot < 0 ? endpoint.endpoint() : endpoint.endpoint().substring(0, dot);
                String cluster = dot < 0 ? "" : endpoint.endpoint().substring(dot + 1);
                below = new Parts("", "", "", label, "", "", cluster, "");
            } else if (name instanceof ClusterName.Port port) {
                below = new Parts("", "", "", "", port.port(), port.protocol(), "", "");
            } else if (name instanceof ClusterName.Zonal zonal) {
                below = new Parts("", "", "", "", "", "", "", zonal.zone());
            }
            return below.in("svc", name.namespace(), name.service());
        }

        Optional<String> value(String part, NameForms forms) {
            return switch (part) {
                case "kind" -> Optional.of(kind);
                case "namespace" -> Optional.of(namespace);
                case "service" -> Optional.of(service);
                case "endpoint" -> Optional.of(endpoint);
                case "port-name" -> Optional.of(port);
                case "protocol" -> Optional.of(protocol);
                case "cluster" -> forms.imports() ? Optional.of(cluster) : Optional.empty();
                case "zone" -> forms.zonal() ? Optional.of(zone) : Optional.empty();
                default -> Optional.empty();
            };
        }
    }
}
