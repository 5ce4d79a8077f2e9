package dev.waypost.kubernetes.snapshot;

/**
 * What an address belongs to.
 *
 * @param namespace namespace of the service
 * @param service the service
 * @param slice the EndpointSlice that lists it; empty for a ClusterIP
 */
record AddressOwner(String namespace, String service, String slice) {
    boolean isClusterIp() {
        return slice.isEmpty();
    }
}
