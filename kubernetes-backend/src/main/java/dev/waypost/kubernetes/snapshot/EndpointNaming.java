package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.DnsLabel;
import dev.waypost.kubernetes.model.Endpoint;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.IpAddress;

/** Which one name an endpoint has below its service. */
public enum EndpointNaming {
    /** Its hostname, else its dashed address. */
    BY_HOSTNAME,
    /** Its hostname, else the name of its pod, else its dashed address. */
    BY_POD_NAME;

    /** The name below the service, in lower case: one label, and that of its cluster where the service is imported. */
    String name(EndpointSlice slice, Endpoint endpoint, IpAddress address) {
        String label = label(endpoint, address);
        return slice.cluster().isEmpty() ? label : label + "." + slice.cluster();
    }

    private String label(Endpoint endpoint, IpAddress address) {
        if (!endpoint.hostname().isEmpty()) {
            return endpoint.hostname();
        }
        // A pod's name may have dots and be longer than a label; such a pod has its dashed address.
        if (this == BY_POD_NAME && DnsLabel.isValid(endpoint.podName())) {
            return endpoint.podName();
        }
        return address.dashed();
    }
}
