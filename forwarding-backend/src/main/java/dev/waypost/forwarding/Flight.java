package dev.waypost.forwarding;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.forwarding.message.Belief;
import dev.waypost.forwarding.message.Question;
import dev.waypost.forwarding.message.UpstreamReply;
import dev.waypost.forwarding.transport.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * One question on its way: from upstream to upstream until one answers or the time is over. While the one asked last is
 * silent for longer than it is nearly always, the next is asked too, and the first good answer counts. Belongs to the loop's
 * thread, but for {@link #board} and {@link #land}.
 */
final class Flight {
    private final Question question;
    private final Flights flights;
    private final long endNanos;
    private final AtomicReference<@Nullable Waiter> aboard = new AtomicReference<>();
    private final List<Attempt> underWay = new ArrayList<>(2);
    private List<Upstream> order = List.of();
    private @Nullable Timer hedge;
    private @Nullable Response refused;
    private String lastFault = "no time left";
    private int tries;
    private volatile @Nullable Response landed;

    Flight(Question question, Flights flights, long endNanos) {
        this.question = question;
        this.flights = flights;
        this.endNanos = endNanos;
    }

    Question question() {
        return question;
    }

    /** When it lands at the latest. */
    long endNanos() {
        return endNanos;
    }

    /** Takes a query in, whose waiter completes when the flight lands: at once, if it has; from any thread. */
    void board(Waiter waiter) {
        Waiter last = aboard.get();
        while (last != Waiter.NOBODY_MORE) {
            waiter.follow(last);
            if (aboard.compareAndSet(last, waiter)) {
                return;
            }
            last = aboard.get();
        }
        flights.room().leave(waiter.query().client());
        Response answer = landed;
        waiter.arrive(answer == null ? refusal("the question failed") : answer);
    }

    /** SERVFAIL with the reason (RFC 8914 section 4.23), which a cache may keep for a short while (RFC 9520). */
    static Response failure(String reason) {
        return Belief.failure(Rcode.SERVFAIL).withExtendedError(new ExtendedError(ExtendedError.NETWORK_ERROR, reason));
    }

    /** A failure of our own making: it says nothing about the name, so no cache may keep it. */
    static Response refusal(String reason) {
        return failure(reason).withFreshness(Freshness.never());
    }

    void begin() {
        safely(() -> {
            order = flights.inOrder();
            if (order.isEmpty()) {
                land(flights.unavailable());
            } else {
                nextTry();
            }
        });
    }

    /** Runs a step; what it throws ends the flight. */
    void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error fault) {
            // the engine turns it into SERVFAIL and tells the observer
            disembark(waiter -> waiter.completeExceptionally(fault));
        }
    }

    /** Whether nothing more is to be asked for it. */
    boolean isOver() {
        return aboard.get() == Waiter.NOBODY_MORE;
    }

    /** When a try that begins now has failed. */
    long tryEndNanos() {
        long tryEnd = flights.loop().now() + flights.settings().tries().tryNanos();
        return tryEnd - endNanos < 0 ? tryEnd : endNanos;
    }

    private void nextTry() {
        if (tries >= flights.settings().tries().most(order.size())
                || endNanos - flights.loop().now() <= 0) {
            if (underWay.isEmpty()) {
                land(refused == null ? failure(lastFault) : refused);
            }
            return;
        }
        Upstream upstream = order.get(tries++ % order.size());
        Attempt attempt = new Attempt(this, upstream, upstream.beginsOnStream());
        underWay.add(attempt);
        attempt.ask();
        hedgeBehind(upstream);
    }

    private void hedgeBehind(Upstream upstream) {
        if (hedge != null) {
            hedge.cancel();
            hedge = null;
        }
        boolean another = tries < order.size() && (!order.get(tries).isDown() || upstream.isDown());
        long due = flights.loop().now() + upstream.hedgeNanos();
        if (another && flights.settings().tries().hedged() && due - tryEndNanos() < 0) {
            hedge = flights.loop().at(due, () -> safely(this::hedge));
        }
    }

    private void hedge() {
        if (!isOver() && flights.mayHedge()) {
            nextTry();
        }
    }

    /** A try brought a reply. */
    void replied(Attempt attempt, UpstreamReply reply) {
        if (isOver()) {
            return;
        }
        int place = underWay.indexOf(attempt);
        underWay.remove(attempt);
        Response response = reply.response()
                .withAnsweredBy(Forwarder.NAME)
                .withEnvelope(attempt.upstream().envelope());
        if (reply.isAnswer() && !flights.settings().tries().failsOver(reply.rcode())) {
            underWay.subList(0, place).forEach(each -> each.upstream().overtaken());
            land(response);
        } else {
            refused = response;
            goOn();
        }
    }

    /** A try brought none. */
    void failed(Attempt attempt, String fault) {
        if (isOver()) {
            return;
        }
        underWay.remove(attempt);
        lastFault = fault;
        goOn();
    }

    /** Another try, unless one is under way that may still bring an answer. */
    private void goOn() {
        if (!underWay.isEmpty()) {
            return;
        }
        Response said = refused;
        if (said != null
                && (tries >= order.size() || !flights.settings().tries().failsOver(said.rcode()))) {
            land(said);
        } else {
            nextTry();
        }
    }

    /** Ends the flight, if it has not ended; from any thread. */
    void land(Response response) {
        landed = response;
        disembark(waiter -> waiter.arrive(response));
    }

    /** Takes nobody in any more and lets everybody aboard go, in the order in which they came. */
    private void disembark(Consumer<Waiter> farewell) {
        flights.landed(this); // first, so that whoever asks from now on begins anew
        Waiter last = aboard.getAndSet(Waiter.NOBODY_MORE);
        if (last == Waiter.NOBODY_MORE) {
            return;
        }
        if (hedge != null) {
            hedge.cancel();
        }
        Deque<Waiter> inOrder = new ArrayDeque<>();
        for (Waiter each = last; each != null; each = each.before()) {
            inOrder.addFirst(each);
        }
        inOrder.forEach(each -> flights.room().leave(each.query().client()));
        inOrder.forEach(farewell);
    }
}
