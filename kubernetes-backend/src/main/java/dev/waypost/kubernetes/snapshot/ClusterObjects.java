package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.Service;
import java.util.List;

/** The objects that a cluster's names are made of, but for pods. */
public record ClusterObjects(List<Namespace> namespaces, List<Service> services, List<EndpointSlice> slices) {
    /** Copies the lists in. */
    public ClusterObjects {
        namespaces = List.copyOf(namespaces);
        services = List.copyOf(services);
        slices = List.copyOf(slices);
    }
}
