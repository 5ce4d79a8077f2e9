package dev.waypost.wire;

import dev.waypost.Exchange;
import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.xbill.DNS.Rcode;

/**
 * Who answers a name, who hears that its zone has changed, and who watches.
 *
 * @param server the listener's name for observers, e.g. {@code dns://:53}
 * @param zone the zone plan's origin for observers; {@code dropped} where none matches
 * @param resolver the layers and resolvers of the zone plan
 * @param observers the zone plan's observers
 * @param notified answers when a primary says that the zone has changed (RFC 1996)
 */
public record Route(String server, String zone, Resolver resolver, List<QueryObserver> observers, Resolver notified) {
    /** Nobody wants to know of changes. */
    public static final Resolver NOT_NOTIFIED = query -> Response.failure(Rcode.NOTIMP);

    /** Nobody's name is nobody's until the routes change, or what a fallthrough holds for: it may be said again. */
    private static final Response REFUSED = Response.empty(Rcode.REFUSED, Freshness.always())
            .withExtendedError(new ExtendedError(ExtendedError.NOT_AUTHORITATIVE, ""));

    public Route {
        observers = List.copyOf(observers);
    }

    /** A route to a zone that is nobody's copy. */
    public Route(String server, String zone, Resolver resolver, List<QueryObserver> observers) {
        this(server, zone, resolver, observers, NOT_NOTIFIED);
    }

    /** Says that the zone has changed: asks {@link #notified} as {@link #resolve} asks the resolver. */
    public Resolution announce(Query query) {
        return ask(notified, query);
    }

    /**
     * Asks the route's resolver; the one place where a throwable becomes SERVFAIL and a fallthrough behind the last
     * resolver REFUSED.
     *
     * @return a response, now or later; never a fallthrough
     */
    public Resolution resolve(Query query) {
        if (query.trail().isWanted()) {
            query.trail().step("zone", zone + " for " + query.qname(), "zone", zone, "server", server);
        }
        return ask(resolver, query);
    }

    private Resolution ask(Resolver asked, Query query) {
        Resolution resolution;
        try {
            resolution = Objects.requireNonNull(asked.resolve(query), "a resolver returned null");
        } catch (RuntimeException | Error thrown) {
            return failed(query, thrown);
        }
        if (resolution instanceof Pending later) {
            return Pending.on(guarded(query, later.settled())).orElse(Route::refused);
        }
        return resolution.orElse(Route::refused);
    }

    /** Tells every observer of a reply. */
    public void observe(Exchange exchange) {
        tell(observer -> observer.replied(exchange));
    }

    /** Whether anybody watches. */
    public boolean isObserved() {
        return !observers.isEmpty();
    }

    private CompletionStage<Resolution> guarded(Query query, CompletionStage<Resolution> stage) {
        return stage.exceptionally(thrown -> failed(
                query,
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown));
    }

    private Resolution failed(Query query, Throwable thrown) {
        tell(observer -> observer.failed(query, thrown));
        return Response.failure(Rcode.SERVFAIL);
    }

    /** Tells observers one by one: an exception of one keeps neither the others nor the reply from going on. */
    private void tell(Consumer<QueryObserver> news) {
        for (QueryObserver observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException | StackOverflowError | AssertionError swallowed) {
                // The contract of QueryObserver: the reply goes out.
            }
        }
    }

    private static Resolution refused() {
        return REFUSED;
    }
}
