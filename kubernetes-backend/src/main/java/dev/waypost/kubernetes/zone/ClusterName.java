package dev.waypost.kubernetes.zone;

/** What a name in a cluster's zone can mean, before any data is looked at. */
sealed interface ClusterName {
    /** The zone itself. */
    record Apex() implements ClusterName {}

    /** A name that only has names below it: {@code svc}, {@code pod}, {@code dns}. */
    record NonTerminal() implements ClusterName {}

    /** {@code dns-version}: which schema the zone follows. */
    record DnsVersion() implements ClusterName {}

    /** {@code ns.dns}: the name of the server itself. */
    record NameServer() implements ClusterName {}

    /** {@code <ns>.svc}. */
    record Namespace(String namespace) implements ClusterName {}

    /** {@code <svc>.<ns>.svc} and what may stand below it. */
    sealed interface OfService extends ClusterName {
        String namespace();

        String service();
    }

    /** {@code <svc>.<ns>.svc}. */
    record Service(String namespace, String service) implements OfService {}

    /** {@code <endpoint>.<svc>.<ns>.svc}; of an imported service {@code <endpoint>.<cluster>} is the endpoint's name. */
    record Endpoint(String namespace, String service, String endpoint) implements OfService {}

    /** {@code _<port>._<protocol>.<svc>.<ns>.svc}; the underscores are taken off. */
    record Port(String namespace, String service, String port, String protocol) implements OfService {}

    /**
     * {@code <zone>.pin._zone.<svc>.<ns>.svc} or {@code <zone>.prefer._zone.<svc>.<ns>.svc}: the endpoints in one zone of the
     * infrastructure.
     *
     * @param zone may have dots
     * @param orElseAll whether all endpoints are meant where the zone has none
     */
    record Zonal(String namespace, String service, String zone, boolean orElseAll) implements OfService {}

    /** {@code _zone.<svc>.<ns>.svc} and the two names below it, which only stand above zonal names. */
    record ZonalParent(String namespace, String service) implements OfService {}

    /** {@code <ns>.pod}. */
    record PodNamespace(String namespace) implements ClusterName {}

    /** {@code <dashed-ip>.<ns>.pod}. */
    record Pod(String namespace, String pod) implements ClusterName {}

    /** No name of this form exists, whatever the cluster holds. */
    record Impossible() implements ClusterName {}
}
