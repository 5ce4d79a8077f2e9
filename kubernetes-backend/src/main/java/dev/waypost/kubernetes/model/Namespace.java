package dev.waypost.kubernetes.model;

/**
 * A namespace. One in state Terminating counts until its object is gone.
 *
 * @param identity its key has an empty namespace
 */
public record Namespace(Identity identity) implements ApiObject {
    /** A namespace that no object says, but an object in it does. */
    public static Namespace implied(String name) {
        return new Namespace(new Identity(new ObjectKey("", name), "", ""));
    }

    /** The namespace's name. */
    public String name() {
        return key().name();
    }

    @Override
    public boolean saysTheSameAs(ApiObject other) {
        return other instanceof Namespace that && key().equals(that.key());
    }
}
