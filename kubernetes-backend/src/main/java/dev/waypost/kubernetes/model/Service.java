package dev.waypost.kubernetes.model;

import java.util.List;

/**
 * A service.
 *
 * @param identity namespace and name
 * @param form which of the three forms DNS knows it has
 * @param clusterIps its addresses; empty unless {@link Form#CLUSTER_IP}
 * @param externalName the alias's target as it is spelled; empty unless {@link Form#EXTERNAL_NAME}
 * @param ports its ports; one {@link Port#ABSENT} where it has none
 * @param selector whether a selector chooses its endpoints
 * @param external where it is reached from outside the cluster
 */
public record Service(
        Identity identity,
        Form form,
        List<IpAddress> clusterIps,
        String externalName,
        List<Port> ports,
        boolean selector,
        ExternalAddresses external)
        implements ApiObject {
    /** What DNS makes of a service. */
    public enum Form {
        /** One name for its own addresses; NodePort and LoadBalancer look the same from inside. */
        CLUSTER_IP,
        /** One name for the addresses of all ready endpoints. */
        HEADLESS,
        /** An alias for a name elsewhere. */
        EXTERNAL_NAME
    }

    public Service {
        clusterIps = List.copyOf(clusterIps);
        ports = ports.isEmpty() ? List.of(Port.ABSENT) : List.copyOf(ports);
    }

    @Override
    public boolean saysTheSameAs(ApiObject other) {
        return other instanceof Service that
                && key().equals(that.key())
                && form == that.form
                && clusterIps.equals(that.clusterIps)
                && externalName.equals(that.externalName)
                && ports.equals(that.ports)
                && external.equals(that.external);
    }
}
