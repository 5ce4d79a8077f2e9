package dev.waypost.forwarding;

import dev.waypost.ExtendedError;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.forwarding.message.Question;
import dev.waypost.forwarding.transport.IoLoop;
import dev.waypost.forwarding.transport.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * The running half of a forwarder: its thread, its upstreams and the questions in flight.
 *
 * <p>One flight a question: whoever asks what is in flight already waits for that answer. It saves the upstream from
 * stampedes, and it takes from a forger the many equal queries that a birthday attack needs (CVE-2023-30464).
 */
final class Flights {
    /** How long one question is tried, at most: longer than that few clients wait. */
    static final long FLIGHT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Deadlines this near to the flight's end are the same: a default deadline is set just before its flight begins. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A flight over its end by this has lost its timer, for want of memory: nobody may wait for it any more. */
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ForwardSettings settings;
    private final ForwardMetrics metrics;
    private final IoLoop loop;
    private final UpstreamFactory factory;
    private final UpstreamGroup upstreams;
    private @Nullable HostNames names;
    private final WaitingRoom room;
    private final HedgeBudget hedges = new HedgeBudget();
    private final Map<Question, Flight> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger flying = new AtomicInteger();
    private int turn;
    private volatile boolean closed;

    /** Starts the thread. */
    Flights(ForwardSettings settings, ForwardMetrics metrics, Ticker ticker) throws IOException {
        this.settings = settings;
        this.metrics = metrics;
        this.room =
                new WaitingRoom(settings.limits().waiting(), settings.limits().waitingOfOne());
        this.loop = new IoLoop("waypost-forward", ticker);
        this.factory = new UpstreamFactory(loop, settings, metrics);
        this.upstreams = new UpstreamGroup(factory, settings.upstreams());
        findNamed(ticker);
    }

    private void findNamed(Ticker ticker) {
        List<UpstreamAddress> named =
                settings.upstreams().stream().filter(UpstreamAddress::isNamed).toList();
        if (!named.isEmpty()) {
            HostNames search = new HostNames(loop, ticker, settings.resolvers(), upstreams::found);
            names = search;
            loop.execute(() -> search.find(named));
        }
    }

    IoLoop loop() {
        return loop;
    }

    ForwardSettings settings() {
        return settings;
    }

    WaitingRoom room() {
        return room;
    }

    /** Those whose address is known, in the order given. */
    List<Upstream> upstreams() {
        return upstreams.known();
    }

    /** How many questions are in flight. */
    int size() {
        return inFlight.size();
    }

    /**
     * Takes a query in: it waits for the flight of its question, under way already or begun now.
     *
     * @return overloaded, where too many queries wait or too many questions are in flight
     */
    Resolution join(Query query) {
        if (!room.enter(query.client())) {
            return overloaded("too many queries wait for an upstream");
        }
        Question question = Question.of(query);
        Flight present = present(question);
        Flight flight = present == null ? begin(question, query.deadlineNanos()) : present;
        if (flight == null) {
            room.leave(query.client());
            return overloaded("too many questions are in flight");
        }
        Waiter waiter = new Waiter(query);
        flight.board(waiter);
        if (query.deadlineNanos() - flight.endNanos() < -SLACK_NANOS) {
            endWaitAtDeadline(waiter);
        }
        return Pending.on(waiter);
    }

    private Response overloaded(String why) {
        metrics.rejected();
        return Response.overloaded(why).withRecursionAvailable(true).withAnsweredBy(Forwarder.NAME);
    }

    private @Nullable Flight present(Question question) {
        Flight present = inFlight.get(question);
        if (present != null && loop.now() - present.endNanos() > LOST_NANOS) {
            present.land(Flight.refusal("the question was lost"));
            return null;
        }
        return present;
    }

    private @Nullable Flight begin(Question question, long deadlineNanos) {
        if (flying.incrementAndGet() > settings.limits().concurrent()) {
            flying.decrementAndGet();
            return null;
        }
        long end = loop.now() + FLIGHT_NANOS;
        boolean usual = deadlineNanos - end < 0 && end - deadlineNanos <= SLACK_NANOS;
        Flight fresh = new Flight(question, this, usual ? deadlineNanos : end);
        Flight other = inFlight.putIfAbsent(question, fresh);
        if (other != null) {
            flying.decrementAndGet();
            return other;
        }
        loop.execute(fresh::begin);
        if (closed) { // the thread may have ended before it saw this flight
            fresh.land(Flight.refusal("the forwarder is closed"));
        }
        return fresh;
    }

    /** SERVFAIL where the client stops waiting before the flight ends. */
    private void endWaitAtDeadline(Waiter waiter) {
        Response late = Flight.refusal("the query's deadline is over");
        Timer timer = loop.at(waiter.query().deadlineNanos(), () -> waiter.complete(late));
        var unused = waiter.whenComplete((response, fault) -> timer.cancel());
    }

    /** The upstreams in the order to ask them: by the policy, those that are down last; on the loop's thread. */
    List<Upstream> inOrder() {
        hedges.earn();
        List<Upstream> all = upstreams();
        if (all.size() == 1 && !all.get(0).isDown()) {
            return all;
        }
        List<Upstream> order = settings.policy().order(all, turn++, ThreadLocalRandom.current());
        List<Upstream> down = order.stream().filter(Upstream::isDown).toList();
        if (down.size() == order.size()) {
            metrics.allDown(); // and they are asked anyway: a guess about health must not make an outage
            return settings.tries().failFast() ? List.of() : order;
        }
        order.removeAll(down);
        order.addAll(down);
        return order;
    }

    /** Why there is no upstream to ask. */
    Response unavailable() {
        return upstreams().isEmpty()
                ? Response.failure(Rcode.SERVFAIL, ExtendedError.NOT_READY, "no upstream's address is known yet")
                        .withAnsweredBy(Forwarder.NAME)
                : Flight.failure("every upstream is down");
    }

    /** Whether one more question may be put to a second upstream while the first is silent. */
    boolean mayHedge() {
        boolean may = hedges.spend();
        metrics.hedge(may);
        return may;
    }

    /** Takes a flight out that has its answer. */
    void landed(Flight flight) {
        if (inFlight.remove(flight.question(), flight)) {
            flying.decrementAndGet();
        }
    }

    /** Ends the thread; every waiting query is answered. */
    void close() {
        closed = true;
        loop.execute(this::landAll);
        loop.execute(upstreams::close);
        loop.execute(factory::close);
        loop.close();
        if (names != null) {
            names.close();
        }
        landAll(); // those begun while the thread ended
    }

    private void landAll() {
        Response refusal = Flight.refusal("the forwarder is closed");
        List.copyOf(inFlight.values()).forEach(each -> each.land(refusal));
    }
}
