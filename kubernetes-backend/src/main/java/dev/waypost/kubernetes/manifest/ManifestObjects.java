package dev.waypost.kubernetes.manifest;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.LabelSelector;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ResourceKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Objects by kind and key, collected from manifests; a later object replaces an earlier one. For one thread. */
public final class ManifestObjects {
    private final Map<ResourceKind<?>, Shelf<?>> shelves = new HashMap<>();

    /** Nothing yet. */
    public ManifestObjects() {}

    @SuppressWarnings("unchecked") // a kind's shelf is made here, and only for its own objects
    private <T extends ApiObject> Shelf<T> shelf(ResourceKind<T> kind) {
        return (Shelf<T>) shelves.computeIfAbsent(kind, any -> new Shelf<T>());
    }

    /** Adds an object. */
    <T extends ApiObject> void add(ResourceKind<T> kind, T object, Map<String, String> labels) {
        shelf(kind).put(object, labels);
    }

    /** Adds all of another collection's objects. */
    public void addAll(ManifestObjects others) {
        ResourceKind.ALL.forEach(kind -> addAll(kind, others));
    }

    private <T extends ApiObject> void addAll(ResourceKind<T> kind, ManifestObjects others) {
        shelf(kind).putAll(others.shelf(kind));
    }

    /** Takes away what has the kind and key of another collection's objects. */
    public void removeAll(ManifestObjects others) {
        ResourceKind.ALL.forEach(
                kind -> shelf(kind).removeAll(others.shelf(kind).keys()));
    }

    /** The namespaces, and those that only their objects tell of: a list of services alone says where they are. */
    public Collection<Namespace> namespaces(LabelSelector selector) {
        Shelf<Namespace> all = new Shelf<>();
        all.putAll(shelf(ResourceKind.NAMESPACES));
        ResourceKind.ALL.stream()
                .filter(kind -> kind != ResourceKind.NAMESPACES)
                .flatMap(kind -> shelf(kind).keys().stream())
                .forEach(key -> all.putIfAbsent(Namespace.implied(key.namespace())));
        return all.matching(selector);
    }

    /** The objects of a kind other than Namespace. */
    public <T extends ApiObject> Collection<T> of(ResourceKind<T> kind, LabelSelector selector) {
        return shelf(kind).matching(selector);
    }
}
