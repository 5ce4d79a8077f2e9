package dev.waypost.layer;

import dev.waypost.Layer;
import dev.waypost.Resolver;
import dev.waypost.Ticker;
import java.time.Duration;

/** Bounds how long a query may take (CoreDNS's {@code cancel}). A deadline that is nearer stays. Immutable. */
public final class QueryDeadline implements Layer {
    private final Duration timeout;
    private final Ticker ticker;

    /**
     * A layer with a bound.
     *
     * @param timeout from when the query reaches the layer
     */
    public QueryDeadline(Duration timeout, Ticker ticker) {
        this.timeout = timeout;
        this.ticker = ticker;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> {
            long end = ticker.nanoTime() + timeout.toNanos();
            return next.resolve(end - query.deadlineNanos() < 0 ? query.withDeadline(end) : query);
        };
    }
}
