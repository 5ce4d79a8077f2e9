package dev.waypost.kubernetes.model;

import java.util.List;

/**
 * Some of the endpoints of a service (discovery.k8s.io/v1).
 *
 * @param identity the slice's own name says nothing about its service
 * @param service name of the service, which a label tells; empty without one
 * @param cluster the cluster in which the endpoints of an imported service are, in lower case; empty for this cluster's own
 * @param ports the target ports; one {@link Port#ABSENT} where the slice has none
 * @param endpoints the ready ones
 * @param facts of all endpoints, ready or not; empty where they are not kept
 * @param changedAtMillis when the change was triggered that led to this state, Unix milliseconds; -1 where not told
 */
public record EndpointSlice(
        Identity identity,
        String service,
        String cluster,
        List<Port> ports,
        List<Endpoint> endpoints,
        List<EndpointFacts> facts,
        long changedAtMillis)
        implements ApiObject {
    /** {@link #changedAtMillis} where the slice does not say. */
    public static final long UNTOLD = -1;

    public EndpointSlice {
        ports = ports.isEmpty() ? List.of(Port.ABSENT) : List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
        facts = List.copyOf(facts);
    }

    /** The same with nothing but what names are made of. */
    public EndpointSlice withoutFacts() {
        return facts.isEmpty()
                ? this
                : new EndpointSlice(identity, service, cluster, ports, endpoints, List.of(), changedAtMillis);
    }

    /** The same without a single endpoint. */
    public EndpointSlice withoutEndpoints() {
        return new EndpointSlice(identity, service, cluster, ports, List.of(), List.of(), changedAtMillis);
    }

    @Override
    public boolean saysTheSameAs(ApiObject other) {
        return other instanceof EndpointSlice that
                && key().equals(that.key())
                && service.equals(that.service)
                && cluster.equals(that.cluster)
                && ports.equals(that.ports)
                && endpoints.equals(that.endpoints)
                && facts.equals(that.facts);
    }
}
