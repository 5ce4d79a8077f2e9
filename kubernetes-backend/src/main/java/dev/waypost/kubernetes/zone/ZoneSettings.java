package dev.waypost.kubernetes.zone;

import dev.waypost.kubernetes.model.IpAddress;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * How the zones of one cluster answer.
 *
 * @param ttlSeconds TTL of nearly every record, 0..3600
 * @param namespaces the only ones with names; empty for all
 * @param pods what {@code <dashed-ip>.<ns>.pod} answers
 * @param emptyServicesIgnored whether a ClusterIP service without a ready endpoint does not exist
 * @param serverAddresses where this server is asked, for NS and its addresses; empty where nobody listens
 * @param clusterDomain the zone that names of PTR and NS records end in
 * @param forms which forms names have
 */
public record ZoneSettings(
        int ttlSeconds,
        Set<String> namespaces,
        PodNames pods,
        boolean emptyServicesIgnored,
        List<IpAddress> serverAddresses,
        Name clusterDomain,
        NameForms forms) {
    /** Copies the collections in. */
    public ZoneSettings {
        namespaces = Set.copyOf(namespaces);
        serverAddresses = List.copyOf(serverAddresses);
    }

    /** Whether answers are CoreDNS's also where it is wrong. */
    boolean quirks() {
        return forms.quirks();
    }

    /** The same for a zone of services that are imported: pods belong to one cluster, and so do zones of its infrastructure. */
    public ZoneSettings ofImports(Name origin) {
        return new ZoneSettings(
                ttlSeconds,
                namespaces,
                PodNames.NONE,
                emptyServicesIgnored,
                serverAddresses,
                origin,
                new NameForms(forms.quirks(), true, false));
    }

    /** Whether a namespace may have names. */
    public boolean exposes(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
