package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointSlice;

/**
 * A part of a cluster whose objects of a kind are listed together.
 *
 * @param namespace its one namespace; empty for all
 * @param service its one service; empty for all
 */
public record Extent(String namespace, String service) {
    /** The whole cluster. */
    public static final Extent ALL = new Extent("", "");

    /** One namespace. */
    public static Extent of(String namespace) {
        return new Extent(namespace, "");
    }

    /** Whether an object belongs to it. */
    boolean holds(ApiObject object) {
        return (namespace.isEmpty() || object.key().namespace().equals(namespace))
                && (service.isEmpty() || serviceOf(object).equals(service));
    }

    private static String serviceOf(ApiObject object) {
        return object instanceof EndpointSlice slice
                ? slice.service()
                : object.key().name();
    }

    /** Whether both have something in common. */
    boolean meets(Extent other) {
        return meets(namespace, other.namespace) && meets(service, other.service);
    }

    private static boolean meets(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
