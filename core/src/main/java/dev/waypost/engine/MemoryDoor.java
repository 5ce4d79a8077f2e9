package dev.waypost.engine;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Metadata;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.Trail;
import dev.waypost.lookup.Remembered;
import dev.waypost.wire.Route;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/**
 * The door for calls of this JVM. A response is repeated while its freshness holds, as reply images are behind the other
 * doors; what is observed is asked each time.
 */
final class MemoryDoor {
    private static final int SLOTS = 4096;

    private final DoorRoutes routes;
    private final Ticker ticker;
    private final Remembered<Asked, Response> remembered = new Remembered<>(SLOTS);

    MemoryDoor(DoorRoutes routes, Ticker ticker) {
        this.routes = routes;
        this.ticker = ticker;
    }

    DoorRoutes routes() {
        return routes;
    }

    Resolution resolve(Query query) {
        Asked asked = isPlain(query) ? new Asked(query.qname(), query.qtype()) : null;
        Response known = asked == null ? null : remembered.find(asked);
        if (known != null && known.freshness().holdsAt(ticker.nanoTime())) {
            return known;
        }
        Route route = routes.route(query);
        if (route.isObserved()) {
            long began = ticker.nanoTime();
            return route.resolve(query)
                    .map(response -> MemoryExchange.observed(route, query, response, ticker.nanoTime() - began));
        }
        Resolution resolution = route.resolve(query);
        if (asked != null && resolution instanceof Response response && isRepeatable(response)) {
            remembered.keep(asked, response);
        }
        return resolution;
    }

    /** Whether nothing but name and type tells the query from others. */
    private static boolean isPlain(Query query) {
        return query.edns() == Edns.NONE
                && query.client() == Client.IN_PROCESS
                && query.qclass() == DClass.IN
                && query.trail() == Trail.NONE
                && query.metadata() == Metadata.NONE
                && query.recursionDesired()
                && !query.checkingDisabled()
                && query.followed().isEmpty();
    }

    /** TTLs of an answer that time ends must count down, which is not done here. */
    private boolean isRepeatable(Response response) {
        return !response.freshness().isTimed() && response.freshness().holdsAt(ticker.nanoTime());
    }

    /** A name and type asked for. Names differ by letter case only: the answer has the spelling that was asked first. */
    private record Asked(Name qname, int qtype) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Asked that
                    && qtype == that.qtype
                    && (qname == that.qname || qname.equals(that.qname));
        }

        @Override
        public int hashCode() {
            return 31 * qname.hashCode() + qtype;
        }
    }
}
