package dev.waypost.kubernetes.model;

/**
 * Where an object stands among those of its kind.
 *
 * @param namespace its namespace; empty for what has none
 * @param name its name
 */
public record ObjectKey(String namespace, String name) {
    /** For messages: a hostile name is cut. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? Excerpt.of(name) : Excerpt.of(namespace) + "/" + Excerpt.of(name);
    }
}
