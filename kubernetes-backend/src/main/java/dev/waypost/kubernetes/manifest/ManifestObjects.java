package dev.waypost.kubernetes.manifest;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Service;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects by kind and key, collected from manifests; a later object replaces an earlier one. For one thread. */
public final class ManifestObjects {
    private final Map<ObjectKey, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<ObjectKey, Service> services = new LinkedHashMap<>();
    private final Map<ObjectKey, EndpointSlice> slices = new LinkedHashMap<>();

    /** Adds an object, and its namespace: a list of services alone says which namespaces there are. */
    public void add(ApiObject object) {
        if (object instanceof Namespace namespace) {
            namespaces.put(namespace.key(), namespace);
        } else if (object instanceof Service service) {
            services.put(service.key(), service);
            imply(service.key().namespace());
        } else if (object instanceof EndpointSlice slice) {
            slices.put(slice.key(), slice);
            imply(slice.key().namespace());
        }
    }

    private void imply(String namespace) {
        namespaces.putIfAbsent(new ObjectKey("", namespace), Namespace.implied(namespace));
    }

    /** Adds all of another collection's objects. */
    public void addAll(ManifestObjects others) {
        namespaces.putAll(others.namespaces);
        services.putAll(others.services);
        slices.putAll(others.slices);
    }

    /** The namespaces, those only implied too. */
    public Collection<Namespace> namespaces() {
        return namespaces.values();
    }

    /** The services. */
    public Collection<Service> services() {
        return services.values();
    }

    /** The EndpointSlices. */
    public Collection<EndpointSlice> slices() {
        return slices.values();
    }
}
