package dev.waypost.engine;

import dev.waypost.Metric;
import dev.waypost.Query;
import dev.waypost.Readiness;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.wire.WireResponder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A running plan, and the doors to it. SKELETON: the signatures stand, the bodies follow.
 *
 * <p>Safe for any number of threads. An engine opens no socket; what its plan's parts open is theirs.
 */
public final class DnsEngine implements Resolver, AutoCloseable {
    /** An engine for a plan; nothing runs before {@link #start()}. */
    public static DnsEngine of(EnginePlan plan) {
        throw new UnsupportedOperationException(plan.toString());
    }

    /** Starts the plan's parts and returns without waiting for them. */
    public DnsEngine start() {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs another plan instead. The new plan's parts are started, given {@code patience} to become ready, then take
     * over in one step; the old plan's parts are closed after it. When starting fails the old plan goes on.
     */
    public void replace(EnginePlan plan, Duration patience) {
        throw new UnsupportedOperationException();
    }

    /** The plan that answers now. */
    public EnginePlan plan() {
        throw new UnsupportedOperationException();
    }

    /** Answers a query of this JVM. */
    @Override
    public Resolution resolve(Query query) {
        throw new UnsupportedOperationException();
    }

    /** The door for a listener of a socket adapter: the same object for the engine's whole life, across plans. */
    public WireResponder wire(ListenPoint point) {
        throw new UnsupportedOperationException();
    }

    /** Every part's readiness by its name, in the plan's order. */
    public Map<String, Readiness> readiness() {
        throw new UnsupportedOperationException();
    }

    /** Waits until every part is ready. @return whether they are. */
    public boolean awaitReady(Duration patience) {
        throw new UnsupportedOperationException();
    }

    /** Gives every measurement of the plan to the sink. */
    public void collect(Consumer<Metric> sink) {
        throw new UnsupportedOperationException();
    }

    /** Closes the plan's parts; queries are answered REFUSED from now on. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
