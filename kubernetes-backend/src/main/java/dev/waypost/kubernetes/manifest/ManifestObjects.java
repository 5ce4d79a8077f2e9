package dev.waypost.kubernetes.manifest;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.Service;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects by kind and key, collected from manifests; a later object replaces an earlier one. For one thread. */
public final class ManifestObjects {
    private final Map<ObjectKey, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<ObjectKey, Service> services = new LinkedHashMap<>();
    private final Map<ObjectKey, EndpointSlice> slices = new LinkedHashMap<>();
    private final Map<ObjectKey, Pod> pods = new LinkedHashMap<>();

    /** Adds an object. */
    public void add(ApiObject object) {
        if (object instanceof Namespace namespace) {
            namespaces.put(namespace.key(), namespace);
        } else if (object instanceof Service service) {
            services.put(service.key(), service);
        } else if (object instanceof EndpointSlice slice) {
            slices.put(slice.key(), slice);
        } else if (object instanceof Pod pod) {
            pods.put(pod.key(), pod);
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
        namespaces.keySet().removeAll(others.namespaces.keySet());
        services.keySet().removeAll(others.services.keySet());
        slices.keySet().removeAll(others.slices.keySet());
        pods.keySet().removeAll(others.pods.keySet());
    }

    /** The namespaces, and those that only their objects tell of: a list of services alone says where they are. */
    public Collection<Namespace> namespaces() {
        Map<ObjectKey, Namespace> all = new LinkedHashMap<>(namespaces);
        services.keySet().forEach(key -> imply(key, all));
        slices.keySet().forEach(key -> imply(key, all));
        pods.keySet().forEach(key -> imply(key, all));
        return all.values();
    }

    private static void imply(ObjectKey object, Map<ObjectKey, Namespace> all) {
        all.putIfAbsent(new ObjectKey("", object.namespace()), Namespace.implied(object.namespace()));
    }

    /** The services. */
    public Collection<Service> services() {
        return services.values();
    }

    /** The EndpointSlices. */
    public Collection<EndpointSlice> slices() {
        return slices.values();
    }

    /** The pods. */
    public Collection<Pod> pods() {
        return pods.values();
    }
}
