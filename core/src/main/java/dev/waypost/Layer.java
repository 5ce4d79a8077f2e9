package dev.waypost;

/**
 * Changes what a resolver is asked or what it says: rewriting, caching, rotation.
 *
 * <p>A layer is put over its resolver once, when an engine is assembled; what it returns is then called for every query
 * and is bound by the contract of {@link Resolver}.
 */
@FunctionalInterface
public interface Layer {
    /**
     * Puts this layer over a resolver.
     *
     * @param next the resolver underneath
     * @return the resolver to ask instead
     */
    Resolver over(Resolver next);
}
