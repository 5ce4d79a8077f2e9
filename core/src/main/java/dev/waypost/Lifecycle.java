package dev.waypost;

import java.util.List;

/**
 * A part of an engine that works by itself: a watch, a pool of connections.
 *
 * <p>Building one opens nothing. {@link #start} and {@link #close} are called once each, in this order, by the engine;
 * the other calls may come at any time from any thread.
 */
public interface Lifecycle extends AutoCloseable {
    /** The name under which readiness and logs speak of it, e.g. {@code kubernetes}. */
    String name();

    /** Begins the work and returns without waiting for it. */
    void start();

    /** Whether answers can be given, and if not, why. */
    default Readiness readiness() {
        return Readiness.READY;
    }

    /**
     * Host names that this part itself looks up to do its work: the API server's, a DoH upstream's. A host that gives the
     * JVM's look-ups to an engine leaves these with the JVM's built-in resolver, or they would wait for themselves.
     */
    default List<String> ownHosts() {
        return List.of();
    }

    /** Ends the work within a second and leaves no thread, socket or file open. Never throws. */
    @Override
    void close();
}
