package dev.waypost.kubernetes.autopath;

import dev.waypost.corefile.Token;
import dev.waypost.kubernetes.model.IpAddress;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Name;

/**
 * What {@code autopath @kubernetes} knows of the clusters in its server block. {@code autopath} stands before
 * {@code kubernetes}, so the one asks for pods before the other brings them.
 */
public final class ClusterPods {
    private final List<Cluster> clusters = new CopyOnWriteArrayList<>();
    private volatile Optional<Token> wantedBy = Optional.empty();

    /** The pods of a block before any directive has spoken. */
    public ClusterPods() {}

    /** One zone of services, and the pods of its cluster. */
    record Cluster(Name zone, PodNamespaces pods) {
        Optional<String> namespaceOf(InetAddress client) {
            return pods.namespaceOf(IpAddress.of(client.getAddress()));
        }
    }

    /**
     * Brings the pods of a cluster.
     *
     * @param zones its zones of services
     */
    public void add(List<Name> zones, PodNamespaces pods) {
        zones.forEach(zone -> clusters.add(new Cluster(zone, pods)));
    }

    /**
     * Says that a cluster of the block does not know its pods.
     *
     * @throws dev.waypost.ConfigurationException where they are wanted
     */
    public void addNone() {
        wantedBy.ifPresent(place -> {
            throw place.fault("'autopath @kubernetes' wants 'pods verified' in the block's 'kubernetes': only a"
                    + " cluster whose pods are watched tells a client's namespace");
        });
    }

    /** Notes that pods are wanted, and by what. */
    void want(Token place) {
        wantedBy = Optional.of(place);
    }

    /** The nearest cluster whose zone a name is in. */
    Optional<Cluster> clusterOf(Name qname) {
        return clusters.stream()
                .filter(cluster -> qname.subdomain(cluster.zone()))
                .max(Comparator.comparingInt(cluster -> cluster.zone().labels()));
    }
}
