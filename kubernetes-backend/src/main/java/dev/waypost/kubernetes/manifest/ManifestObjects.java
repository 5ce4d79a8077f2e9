package dev.waypost.kubernetes.manifest;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.LabelSelector;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.Service;
import java.util.Collection;
import java.util.Map;

/** Objects by kind and key, collected from manifests; a later object replaces an earlier one. For one thread. */
public final class ManifestObjects {
    private final Shelf<Namespace> namespaces = new Shelf<>();
    private final Shelf<Service> services = new Shelf<>();
    private final Shelf<EndpointSlice> slices = new Shelf<>();
    private final Shelf<Pod> pods = new Shelf<>();

    /** Adds an object. */
    public void add(ApiObject object, Map<String, String> labels) {
        if (object instanceof Namespace namespace) {
            namespaces.put(namespace, labels);
        } else if (object instanceof Service service) {
            services.put(service, labels);
        } else if (object instanceof EndpointSlice slice) {
            slices.put(slice, labels);
        } else if (object instanceof Pod pod) {
            pods.put(pod, labels);
        }
    }

    /** Adds all of another collection's objects. */
    public void addAll(ManifestObjects others) {
        namespaces.putAll(others.namespaces);
        services.putAll(others.services);
        slices.putAll(others.slices);
        pods.putAll(others.pods);
    }

    /** Takes away what has the kind and key of another collection's objects. */
    public void removeAll(ManifestObjects others) {
        namespaces.removeAll(others.namespaces.keys());
        services.removeAll(others.services.keys());
        slices.removeAll(others.slices.keys());
        pods.removeAll(others.pods.keys());
    }

    /** The namespaces, and those that only their objects tell of: a list of services alone says where they are. */
    public Collection<Namespace> namespaces(LabelSelector selector) {
        Shelf<Namespace> all = new Shelf<>();
        all.putAll(namespaces);
        services.keys().forEach(key -> all.putIfAbsent(Namespace.implied(key.namespace())));
        slices.keys().forEach(key -> all.putIfAbsent(Namespace.implied(key.namespace())));
        pods.keys().forEach(key -> all.putIfAbsent(Namespace.implied(key.namespace())));
        return all.matching(selector);
    }

    /** The services. */
    public Collection<Service> services(LabelSelector selector) {
        return services.matching(selector);
    }

    /** The EndpointSlices. */
    public Collection<EndpointSlice> slices(LabelSelector selector) {
        return slices.matching(selector);
    }

    /** The pods. */
    public Collection<Pod> pods(LabelSelector selector) {
        return pods.matching(selector);
    }
}
