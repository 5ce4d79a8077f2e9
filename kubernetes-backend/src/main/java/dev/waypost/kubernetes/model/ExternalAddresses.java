package dev.waypost.kubernetes.model;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * Where a service can be reached from outside its cluster.
 *
 * @param ips {@code spec.externalIPs}, then those of {@code status.loadBalancer.ingress}; each once
 * @param hostnames of the ingress entries that have no address
 */
public record ExternalAddresses(List<IpAddress> ips, List<Name> hostnames) {
    /** Nowhere: what nearly every service says. */
    public static final ExternalAddresses NONE = new ExternalAddresses(List.of(), List.of());

    /** Copies the lists in. */
    public ExternalAddresses {
        ips = List.copyOf(ips);
        hostnames = List.copyOf(hostnames);
    }

    /** Whether there is no way in. */
    public boolean isEmpty() {
        return ips.isEmpty() && hostnames.isEmpty();
    }
}
