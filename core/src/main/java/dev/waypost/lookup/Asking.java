package dev.waypost.lookup;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** Asks a resolver for all types of one name at once, and waits for none of them longer than the caller does. */
final class Asking {
    /** Stands for a response that did not come in time; told apart by identity. */
    static final Response LATE = Response.failure(Rcode.SERVFAIL);

    /** How often A and AAAA are asked again because a change came in between. */
    private static final int MOST_REPEATS = 3;

    private final Resolver resolver;
    private final Ticker ticker;

    Asking(Resolver resolver, Ticker ticker) {
        this.resolver = resolver;
        this.ticker = ticker;
    }

    /**
     * Asks.
     *
     * @return one response a type, in their order
     */
    Eventual<List<Response>> all(Name qname, List<Integer> qtypes, long beganNanos, Duration patience) {
        List<Eventual<Response>> each = each(qname, qtypes, beganNanos + patience.toNanos());
        for (int again = 0; again < MOST_REPEATS && each.stream().allMatch(Eventual::isHere); again++) {
            List<Response> responses = each.stream().map(Eventual::now).toList();
            if (areOfOneMoment(responses)) {
                return Eventual.of(responses);
            }
            each = each(qname, qtypes, beganNanos + patience.toNanos());
        }
        return joined(each);
    }

    /** Whether no change came between the answers: all that an event could have ended still hold. */
    private boolean areOfOneMoment(List<Response> responses) {
        if (responses.size() == 1) {
            return true;
        }
        long now = ticker.nanoTime();
        return responses.stream()
                .map(Response::freshness)
                .allMatch(freshness -> freshness.holdsAt(now) || freshness.isTimed() || freshness == Freshness.never());
    }

    private List<Eventual<Response>> each(Name qname, List<Integer> qtypes, long deadline) {
        List<Eventual<Response>> each = new ArrayList<>(qtypes.size());
        for (int qtype : qtypes) {
            each.add(one(qname, qtype, deadline));
        }
        return each;
    }

    private static Eventual<List<Response>> joined(List<Eventual<Response>> each) {
        List<CompletableFuture<Response>> stages =
                each.stream().map(Eventual::stage).toList();
        return Eventual.on(CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new))
                .thenApply(done -> stages.stream().map(CompletableFuture::join).toList()));
    }

    private Eventual<Response> one(Name qname, int qtype, long deadline) {
        Query query =
                new Query(qname, qtype, DClass.IN, true, false, Edns.NONE, Client.IN_PROCESS, deadline, List.of());
        Resolution resolution = resolver.resolve(query);
        return inTime(resolution, Math.max(1, deadline - ticker.nanoTime()));
    }

    /** What a resolution comes to, {@link #LATE} where it does not come in time. */
    static Eventual<Response> inTime(Resolution resolution, long left) {
        if (!(resolution instanceof Pending pending)) {
            return Eventual.of(response(resolution));
        }
        // The stage is made for this call, so ending it takes nothing from anybody else.
        return Eventual.on(pending.settled()
                .thenApply(Asking::response)
                .toCompletableFuture()
                .completeOnTimeout(LATE, left, TimeUnit.NANOSECONDS));
    }

    private static Response response(Resolution resolution) {
        return resolution instanceof Response response ? response : Response.failure(Rcode.REFUSED);
    }
}
