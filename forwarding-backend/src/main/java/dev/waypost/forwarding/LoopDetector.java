package dev.waypost.forwarding;

import dev.waypost.Client;
import dev.waypost.ExtendedError;
import dev.waypost.Layer;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Finds out whether what we forward comes back to us.
 *
 * <p>It sends a question for a name that nobody can guess to the resolver underneath. When that name comes back
 * twice, an upstream leads back here: an alarm is raised, and everything for this resolver is answered SERVFAIL until a
 * later probe, every 30 s, comes back no more. The JVM goes on in any case.
 *
 * <p>{@link #tick} is called about once a second while the plan runs. Put it over one resolver.
 */
public final class LoopDetector implements Layer, MetricSource {
    private static final System.Logger LOG = System.getLogger(LoopDetector.class.getName());
    /** With our own query it is then seen more than twice: CoreDNS's measure. */
    private static final int RETURNS = 2;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Name zone;
    private final Ticker ticker;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable Resolver beneath;
    private volatile @Nullable LoopProbe probe;
    private volatile boolean alarmed;
    private boolean begun;
    private long settledNanos;

    /**
     * A detector.
     *
     * @param zone where the marker name lies: a zone whose names are forwarded
     */
    public LoopDetector(Name zone, Ticker ticker) {
        this.zone = zone;
        this.ticker = ticker;
    }

    @Override
    public Resolver over(Resolver next) {
        beneath = next;
        return query -> resolve(query, next);
    }

    private Resolution resolve(Query query, Resolver next) {
        LoopProbe present = probe;
        if (present != null && present.isMarker(query)) {
            // Let through while alarmed too, or nobody could find out that the loop is gone.
            return present.returned() < RETURNS ? next.resolve(query) : raise(query.client());
        }
        return alarmed ? refusal() : next.resolve(query);
    }

    private static Response refusal() {
        return Response.failure(Rcode.SERVFAIL, ExtendedError.OTHER, "an upstream forwards to this server: a loop");
    }

    private Response raise(Client client) {
        if (!alarmed) {
            alarmed = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "forwarding loop: a query of ours for zone {0} came back from {1}; its upstream forwards to this server."
                            + " Queries that would be forwarded are answered SERVFAIL until the loop is gone",
                    zone,
                    client.address().getHostAddress());
        }
        return refusal();
    }

    /** Whether a loop was found and is not known to be gone. */
    public boolean isAlarmed() {
        return alarmed;
    }

    /** Sends, repeats or ends a probe, as is due. One call at a time. */
    public void tick() {
        Resolver next = beneath;
        if (next == null) {
            return;
        }
        long now = ticker.nanoTime();
        LoopProbe present = probe;
        if (present == null) {
            if (!begun || alarmed && now - settledNanos >= WINDOW_NANOS) {
                begun = true;
                LoopProbe fresh = new LoopProbe(LoopProbe.marker(zone, random), now);
                probe = fresh;
                send(fresh, next);
            }
        } else if (present.isAnswered() || present.isOver(now, WINDOW_NANOS) || present.returns() >= RETURNS) {
            settle(present, now);
        } else {
            send(present, next);
        }
    }

    /** Sends the marker once, unless it is under way. */
    private void send(LoopProbe present, Resolver next) {
        if (!present.beginTry()) {
            return;
        }
        Query query = Query.of(present.name(), Type.HINFO).withDeadline(ticker.nanoTime() + ANSWER_NANOS);
        Resolution resolution = next.resolve(query);
        if (resolution instanceof Response response) {
            present.endTry(response.rcode());
        } else if (resolution instanceof Pending pending) {
            pending.settled()
                    .whenComplete((settled, fault) ->
                            present.endTry(settled instanceof Response response ? response.rcode() : Rcode.SERVFAIL));
        } else {
            present.endTry(Rcode.REFUSED); // nothing here forwards the zone, so nothing can come back
        }
    }

    private void settle(LoopProbe ended, long now) {
        probe = null;
        settledNanos = now;
        if (alarmed && ended.returns() < RETURNS) {
            alarmed = false;
            LOG.log(System.Logger.Level.INFO, "forwarding loop: gone for zone {0}", zone);
        }
    }

    /** How often {@link #tick} wants to be called. */
    public static Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(new Metric.Gauge(
                "waypost_forward_loop",
                "Whether queries forwarded for the zone come back to this server: 1 or 0.",
                Map.of("zone", zone.toString()),
                alarmed ? 1 : 0));
    }
}
