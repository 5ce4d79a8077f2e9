package dev.waypost.forwarding;

import dev.waypost.Response;
import dev.waypost.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The running half of a forwarder: its thread, its upstreams and the questions in flight.
 *
 * <p>One flight a question: whoever asks what is in flight already waits for that answer. It saves the upstream from
 * stampedes, and it takes from a forger the many equal queries that a birthday attack needs (CVE-2023-30464).
 */
final class Flights {
    /** How long one question is tried, at most: longer than that few clients wait. */
    static final long FLIGHT_NANOS = 5_000_000_000L;

    /** A flight over its end by this has lost its timer, for want of memory: nobody may wait for it any more. */
    private static final long LOST_NANOS = 1_000_000_000L;

    private final ForwardSettings settings;
    private final ForwardMetrics metrics;
    private final IoLoop loop;
    private final List<Upstream> upstreams = new ArrayList<>();
    private final Map<Question, Flight> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private int turn;
    private volatile boolean closed;

    /** Starts the thread. */
    Flights(ForwardSettings settings, ForwardMetrics metrics, Ticker ticker) throws IOException {
        this.settings = settings;
        this.metrics = metrics;
        this.loop = new IoLoop("waypost-forward", ticker);
        settings.upstreams().forEach(each -> upstreams.add(new Upstream(loop, each, settings, metrics)));
    }

    IoLoop loop() {
        return loop;
    }

    ForwardSettings settings() {
        return settings;
    }

    /** How many questions are in flight. */
    int size() {
        return inFlight.size();
    }

    /**
     * The flight for a question, already under way or begun now; empty when too many queries wait, in all or for this one.
     *
     * <p>Copies of one question cost no upstream anything, but each of them costs memory until the flight lands, and
     * datagrams with forged sources make any number of them: so each counts, as in CoreDNS.
     */
    Optional<Flight> join(Question question) {
        if (waiting.incrementAndGet() > settings.maxConcurrent()) {
            return refused();
        }
        Flight present = inFlight.get(question);
        if (present != null && loop.now() - present.endNanos() > LOST_NANOS) {
            present.land(Flight.refusal("the question was lost"));
            present = null;
        }
        Flight flight = present == null ? begin(question) : present;
        return switch (flight.board()) {
            case ABOARD -> Optional.of(flight);
            case FULL -> refused();
            case LANDED -> {
                waiting.decrementAndGet(); // its answer is there
                yield Optional.of(flight);
            }
        };
    }

    private Optional<Flight> refused() {
        waiting.decrementAndGet();
        metrics.rejected();
        return Optional.empty();
    }

    private Flight begin(Question question) {
        Flight fresh = new Flight(question, this, loop.now() + FLIGHT_NANOS);
        Flight other = inFlight.putIfAbsent(question, fresh);
        if (other != null) {
            return other;
        }
        loop.execute(fresh::begin);
        if (closed) { // the thread may have ended before it saw this flight
            fresh.land(Flight.refusal("the forwarder is closed"));
        }
        return fresh;
    }

    /** The upstreams in the order to ask them: by the policy, those that are down last; on the loop's thread. */
    List<Upstream> inOrder() {
        List<Upstream> order = settings.policy().order(upstreams, turn++, loop.random());
        List<Upstream> down = order.stream().filter(Upstream::isDown).toList();
        if (down.size() == order.size()) {
            metrics.allDown(); // and they are asked anyway: a guess about health must not make an outage
            return order;
        }
        order.removeAll(down);
        order.addAll(down);
        return order;
    }

    /** Takes a flight out that has its answer. */
    void landed(Flight flight, Question question) {
        inFlight.remove(question, flight);
        waiting.addAndGet(-flight.disembark());
    }

    /** Ends the thread; every waiting query is answered. */
    void close() {
        closed = true;
        loop.execute(this::landAll);
        loop.execute(() -> upstreams.forEach(Upstream::close));
        loop.close();
        landAll(); // those begun while the thread ended
    }

    private void landAll() {
        Response refusal = Flight.refusal("the forwarder is closed");
        List.copyOf(inFlight.values()).forEach(each -> each.land(refusal));
    }
}
