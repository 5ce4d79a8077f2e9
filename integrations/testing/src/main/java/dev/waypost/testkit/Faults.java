package dev.waypost.testkit;

import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Rcode;

/**
 * A layer that makes an engine fail as a test wants: errors, slowness, silence, for all queries or a share of them. Healthy
 * until told otherwise; each call takes the place of the one before. What passes through is not remembered anywhere, so that
 * a fault is seen at the next look-up.
 */
public final class Faults implements Layer {
    private final Random random;
    private volatile Fault fault = Fault.NONE;

    /** Faults whose shares are drawn with a seed, so that a test fails again as it failed. */
    public Faults(long seed) {
        this.random = new Random(seed);
    }

    /** Faults that hit every query. */
    public Faults() {
        this(0);
    }

    /** Answers with an RCODE instead: SERVFAIL, REFUSED... */
    public Faults failWith(int rcode) {
        fault = (resolver, query) -> Response.failure(rcode);
        return this;
    }

    /** Answers as the name did not exist. */
    public Faults denyNames() {
        fault = (resolver, query) -> Response.empty(Rcode.NXDOMAIN, Freshness.never());
        return this;
    }

    /** Answers that much later. */
    public Faults delay(Duration time) {
        fault = (resolver, query) -> Pending.on(new CompletableFuture<Resolution>()
                .completeOnTimeout(Response.failure(Rcode.SERVFAIL), time.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(ignored -> resolver.resolve(query)));
        return this;
    }

    /** Says nothing, until the caller's own patience ends. */
    public Faults silence() {
        fault = (resolver, query) -> Pending.on(new CompletableFuture<>());
        return this;
    }

    /** Throws. */
    public Faults exceptions() {
        fault = (resolver, query) -> {
            throw new IllegalStateException("a fault on purpose");
        };
        return this;
    }

    /** Lets the present fault hit only one of so many queries, drawn at random. */
    public Faults oneIn(int queries) {
        Fault often = fault;
        fault = (resolver, query) -> drawn(queries) ? often.answer(resolver, query) : resolver.resolve(query);
        return this;
    }

    private synchronized boolean drawn(int queries) {
        return random.nextInt(queries) == 0;
    }

    /** Fails no more. */
    public Faults heal() {
        fault = Fault.NONE;
        return this;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> fault.answer(next, query).map(response -> response.withFreshness(Freshness.never()));
    }

    private interface Fault {
        Fault NONE = Resolver::resolve;

        Resolution answer(Resolver resolver, Query query);
    }
}
