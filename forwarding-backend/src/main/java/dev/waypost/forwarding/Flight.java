package dev.waypost.forwarding;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Rcode;

/**
 * One question on its way: from upstream to upstream until one answers or the time is over. Belongs to the loop's thread,
 * but for {@link #answer} and {@link #land}.
 */
final class Flight {
    /** What became of a query that wants to wait for a flight. */
    enum Boarding {
        ABOARD,
        FULL,
        LANDED
    }

    /** Queries that wait for one flight, at most: one name in demand must not take every place there is. */
    static final int MAX_WAITING = 1024;

    private static final int OVER = -1;

    private final Question question;
    private final Flights flights;
    private final long endNanos;
    private final CompletableFuture<Response> answer = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private List<Upstream> order = List.of();
    private int tries;
    private String lastFault = "no time left";

    Flight(Question question, Flights flights, long endNanos) {
        this.question = question;
        this.flights = flights;
        this.endNanos = endNanos;
    }

    /** The believed answer, or SERVFAIL; comes by {@link #endNanos} in any case. */
    CompletionStage<Response> answer() {
        return answer;
    }

    /** Takes a query in; from any thread. */
    Boarding board() {
        int before = waiting.getAndUpdate(now -> now == OVER || now == MAX_WAITING ? now : now + 1);
        return switch (before) {
            case OVER -> Boarding.LANDED;
            case MAX_WAITING -> Boarding.FULL;
            default -> Boarding.ABOARD;
        };
    }

    /**
     * Takes no query in any more; from any thread.
     *
     * @return how many were taken in, the first time; then 0
     */
    int disembark() {
        return Math.max(0, waiting.getAndSet(OVER));
    }

    long endNanos() {
        return endNanos;
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
            nextTry();
        });
    }

    private void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error fault) {
            flights.landed(this, question);
            answer.completeExceptionally(fault); // the engine turns it into SERVFAIL and tells the observer
        }
    }

    private void nextTry() {
        if (tries >= order.size() * flights.settings().triesAnUpstream() || timeIsOver()) {
            land(failure(lastFault));
            return;
        }
        Upstream upstream = order.get(tries++ % order.size());
        ask(upstream, flights.settings().streamOnly(), true);
    }

    private boolean timeIsOver() {
        return endNanos - flights.loop().now() <= 0;
    }

    private void ask(Upstream upstream, boolean stream, boolean edns) {
        long tryEnd = flights.loop().now() + flights.settings().tryNanos();
        long deadline = tryEnd - endNanos < 0 ? tryEnd : endNanos;
        upstream.ask(
                stream,
                new Ask(question, edns, deadline, outcome -> safely(() -> judge(upstream, stream, edns, outcome))));
    }

    private void judge(Upstream upstream, boolean stream, boolean edns, Outcome outcome) {
        if (answer.isDone()) {
            return;
        }
        if (outcome instanceof Outcome.Replied replied) {
            judgeReply(upstream, stream, edns, replied.reply());
        } else if (outcome instanceof Outcome.Failed failed) {
            judgeFailure(upstream, stream, edns, failed.cause());
        }
    }

    private void judgeReply(Upstream upstream, boolean stream, boolean edns, UpstreamReply reply) {
        if (reply.truncated() && !stream) {
            ask(upstream, true, edns); // the whole answer or none: RFC 7766 section 5
        } else if (reply.truncated()) {
            lastFault = upstream.label() + ": truncated over TCP";
            nextTry();
        } else if (edns && refusesEdns(reply.rcode())) {
            ask(upstream, stream, false); // RFC 6891 section 7
        } else {
            land(reply.response());
        }
    }

    private static boolean refusesEdns(int rcode) {
        return rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS;
    }

    private void judgeFailure(Upstream upstream, boolean stream, boolean edns, Outcome.Cause cause) {
        switch (cause) {
            case STRAY -> {
                if (stream) {
                    nextTry();
                } else {
                    ask(upstream, true, edns);
                }
            }
            case STALE_CONNECTION -> ask(upstream, stream, edns);
            case TIMEOUT, UNREACHABLE, CUT -> {
                lastFault = upstream.label() + ": " + cause.words();
                nextTry();
            }
            case CLOSED -> land(refusal(cause.words()));
        }
    }

    /** Ends the flight, if it has not ended; from any thread. */
    void land(Response response) {
        flights.landed(this, question); // first, so that whoever asks from now on begins anew
        answer.complete(response);
    }
}
