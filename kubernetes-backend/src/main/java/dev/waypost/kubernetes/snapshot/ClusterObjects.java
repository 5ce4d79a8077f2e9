package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.Service;
import java.util.List;

/** The objects that a cluster's names are made of. */
public record ClusterObjects(
        List<Namespace> namespaces, List<Service> services, List<EndpointSlice> slices, List<Pod> pods) {
    /** Copies the lists in. */
    public ClusterObjects {
        namespaces = List.copyOf(namespaces);
        services = List.copyOf(services);
        slices = List.copyOf(slices);
        pods = List.copyOf(pods);
    }
}
