package dev.waypost.lookup;

import dev.waypost.Freshness;
import dev.waypost.Staleness;
import java.util.List;

/**
 * What a source knows of a name's endpoints.
 *
 * @param all ready and other ones; empty where the name is no service with endpoints
 * @param freshness for how long it may be said again
 * @param staleness whether the source is in touch
 */
public record Endpoints(List<Endpoint> all, Freshness freshness, Staleness staleness) {
    /** No source knows any, for as long as the engine's plan. */
    public static final Endpoints NONE = new Endpoints(List.of(), Freshness.always(), Staleness.FRESH);

    public Endpoints {
        all = List.copyOf(all);
    }
}
