package dev.waypost.forwarding;

import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.forwarding.message.ClientSpelling;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A query that waits for a flight: completes with the flight's answer in the query's own letters. */
final class Waiter extends CompletableFuture<Response> {
    /** Stands where a flight takes nobody in any more. */
    static final Waiter NOBODY_MORE = new Waiter(Query.of(Name.root, Type.NS));

    private final Query query;
    private @Nullable Waiter before;

    Waiter(Query query) {
        this.query = query;
    }

    Query query() {
        return query;
    }

    /** The one that boarded before this one. */
    @Nullable
    Waiter before() {
        return before;
    }

    void follow(@Nullable Waiter other) {
        before = other;
    }

    /** The flight's answer is there. */
    void arrive(Response response) {
        if (query.trail().isWanted()) {
            response.envelope()
                    .labels()
                    .forEach((label, upstream) ->
                            query.trail().step(Forwarder.NAME, upstream + " answered", "upstream", upstream));
        }
        complete(ClientSpelling.of(response, query.qname()));
    }
}
