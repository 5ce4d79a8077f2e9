package dev.waypost.kubernetes.autopath;

import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.lookup.SearchList;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.Name;

/**
 * The search lists of pods: a client's address tells its namespace.
 *
 * @param pods the clusters of the server block
 * @param nodeDomains what the node's own search list adds to every pod's
 */
record PodPaths(ClusterPods pods, List<Name> nodeDomains) implements SearchPaths {
    private static final Name SERVICES = Name.fromConstantString("svc");
    /** Labels between what was typed and the zone: the namespace and {@code svc}. */
    private static final int NAMESPACE_AND_SVC = 2;

    PodPaths {
        nodeDomains = List.copyOf(nodeDomains);
    }

    @Override
    public boolean mayComplete(Name qname) {
        return pods.clusterOf(qname)
                .filter(cluster -> isBelowANamespace(qname, cluster.zone()))
                .isPresent();
    }

    private static boolean isBelowANamespace(Name qname, Name zone) {
        Name inZone = qname.relativize(zone);
        int labels = inZone.labels();
        return labels > NAMESPACE_AND_SVC && new Name(inZone, labels - 1).equals(SERVICES);
    }

    @Override
    public List<Name> of(Query query) {
        return pods.clusterOf(query.qname())
                .flatMap(cluster ->
                        cluster.namespaceOf(query.client().address()).map(namespace -> path(namespace, cluster.zone())))
                .filter(path -> SearchPaths.isBelow(query.qname(), path.get(0)))
                .orElse(List.of());
    }

    private List<Name> path(String namespace, Name zone) {
        // A list of this server's own pod names its own namespace; that is no other pod's.
        return Stream.concat(
                        SearchList.ofPod(namespace, zone).domains().stream(),
                        nodeDomains.stream().filter(domain -> !domain.subdomain(zone)))
                .toList();
    }

    /** An image is found by the query's octets alone, and they do not say who asks. */
    @Override
    public Freshness freshness() {
        return Freshness.never();
    }
}
