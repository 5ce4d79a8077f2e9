package dev.waypost.kubernetes.demand;

import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.snapshot.Extent;

/**
 * What can be fetched by itself: a service, its slices, those of a whole namespace, or whether a namespace exists.
 *
 * @param kind one of the constants
 */
record Wanted(ResourceKind<?> kind, Extent extent) {
    static Wanted service(Extent service) {
        return new Wanted(ResourceKind.SERVICES, service);
    }

    static Wanted slices(Extent service) {
        return new Wanted(ResourceKind.ENDPOINT_SLICES, service);
    }

    static Wanted namespace(String name) {
        return new Wanted(ResourceKind.NAMESPACES, Extent.of(name));
    }

    String namespace() {
        return extent.namespace();
    }

    boolean isWide() {
        return extent.service().isEmpty();
    }

    /** The same of the whole namespace. */
    Wanted wide() {
        return new Wanted(kind, Extent.of(namespace()));
    }

    @Override
    public String toString() {
        return kind + " " + namespace() + (isWide() ? "" : "/" + extent.service());
    }
}
