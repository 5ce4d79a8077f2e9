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

    /** {@code <svc>.<ns>.svc}. */
    record Service(String namespace, String service) implements ClusterName {}

    /** {@code <endpoint>.<svc>.<ns>.svc}. */
    record Endpoint(String namespace, String service, String endpoint) implements ClusterName {}

    /** {@code _<port>._<protocol>.<svc>.<ns>.svc}; the underscores are taken off. */
    record Port(String namespace, String service, String port, String protocol) implements ClusterName {}

    /** {@code <ns>.pod}. */
    record PodNamespace(String namespace) implements ClusterName {}

    /** {@code <dashed-ip>.<ns>.pod}. */
    record Pod(String namespace, String pod) implements ClusterName {}

    /** No name of this form exists, whatever the cluster holds. */
    record Impossible() implements ClusterName {}
}
