package dev.waypost.forwarding;

import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Lifecycle;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Readiness;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Asks upstream resolvers over UDP, and over TCP where a datagram is not enough.
 *
 * <p>Answers are {@link Pending}, and come within five seconds or the query's deadline, whichever is sooner: where no
 * upstream answers, as SERVFAIL with an extended error (RFC 8914 section 4.23). Names outside its zone fall through.
 * Equal questions in flight cost one query upstream, however many wait. What is too much at once is {@link
 * Response#overloaded}.
 *
 * <p>An upstream that is silent for longer than it is nearly always is not waited for alone: the next one is asked too.
 *
 * <p>Of a reply only the alias chain from the question and the records at its end are believed. Responses are not
 * authoritative and of {@link Freshness#uncached()}: a {@link CachingLayer} may keep them.
 *
 * <p>One daemon thread does all the work, for any number of queries; stages complete on it, so what is chained to them must
 * not block. Safe for any number of threads.
 */
public final class Forwarder implements Resolver, Lifecycle, MetricSource {
    static final String NAME = "forward";

    private final ForwardSettings settings;
    private final ForwardMetrics metrics;
    private final Ticker ticker;
    private volatile @Nullable Flights flights;

    Forwarder(ForwardSettings settings, ForwardMetrics metrics, Ticker ticker) {
        this.settings = settings;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /** A forwarder to describe; it wants at least one upstream. */
    public static ForwarderBuilder builder() {
        return new ForwarderBuilder();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The upstreams, in the order given. */
    public List<UpstreamAddress> upstreams() {
        return settings.upstreams();
    }

    /**
     * Starts the thread; the upstreams are not asked before the first query.
     *
     * @throws UncheckedIOException when the system has no file descriptor left
     */
    @Override
    public void start() {
        try {
            flights = new Flights(settings, metrics, ticker);
        } catch (IOException outOfDescriptors) {
            throw new UncheckedIOException("forward cannot open a selector", outOfDescriptors);
        }
    }

    /** Not ready while no upstream's address is known; ready again when one is. Whether it answers is not asked. */
    @Override
    public Readiness readiness() {
        Flights running = flights;
        return running == null || running.upstreams().isEmpty()
                ? Readiness.waitingFor("an address of " + settings.upstreams().get(0))
                : Readiness.READY;
    }

    @Override
    public void close() {
        Flights running = flights;
        flights = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public Resolution resolve(Query query) {
        if (!settings.covers(query.qname())) {
            return Fallthrough.FALLTHROUGH;
        }
        if (query.qtype() == Type.AXFR || query.qtype() == Type.IXFR) {
            return Response.failure(Rcode.REFUSED).withAnsweredBy(NAME); // a zone does not fit one reply: RFC 5936
        }
        AliasProbe probe = AliasProbe.present();
        if (probe != null) {
            return probe.reach(this, query);
        }
        Flights running = flights;
        if (running == null) {
            return Response.failure(Rcode.SERVFAIL, ExtendedError.NOT_READY, "the forwarder is not running")
                    .withAnsweredBy(NAME);
        }
        Resolution resolution = running.join(query);
        return resolution instanceof Pending pending && settings.isFinished()
                ? Pending.on(pending.settled()
                        .thenApply(each -> each instanceof Response response ? finish(query, response) : each))
                : resolution;
    }

    /** What of an answer is others' to give. */
    private Resolution finish(Query query, Response response) {
        Resolution resolution = settings.handingOn().handOn(query, response);
        AliasTargets targets = settings.aliases();
        return resolution == response && targets != null ? targets.settle(query, response, this) : resolution;
    }

    ForwardSettings settings() {
        return settings;
    }

    /** How many questions are in flight. */
    int inFlight() {
        Flights running = flights;
        return running == null ? 0 : running.size();
    }

    @Nullable
    Flights flights() {
        return flights;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        metrics.collect(sink);
    }
}
