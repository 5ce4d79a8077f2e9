package dev.waypost.kubernetes.model;

/** An object of the Kubernetes API, as far as DNS looks at it. */
public sealed interface ApiObject permits Namespace, Service, EndpointSlice, Pod {
    /** Which object this is, and which state of it. */
    Identity identity();

    /** Where it stands among the objects of its kind. */
    default ObjectKey key() {
        return identity().key();
    }

    /** Whether it is worth storing where it is not known yet. */
    default boolean comesNewly() {
        return true;
    }

    /** Whether a look-up could not tell this object from the other one; versions do not count. */
    boolean saysTheSameAs(ApiObject other);
}
