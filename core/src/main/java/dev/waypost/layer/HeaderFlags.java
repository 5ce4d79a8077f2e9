package dev.waypost.layer;

import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;

/**
 * Sets and clears header flags of responses, and of queries for what stands below (CoreDNS's {@code header}).
 *
 * <p>Of several rules for one flag the last counts. A query has no AA and no RA to change. Immutable, and safe for any
 * number of threads.
 */
public final class HeaderFlags implements Layer {
    /** A flag that may be changed (RFC 1035 section 4.1.1). */
    public enum Flag {
        /** Authoritative answer. */
        AA,
        /** Recursion available. */
        RA,
        /** Recursion desired. */
        RD
    }

    /**
     * One change.
     *
     * @param set whether the flag is set, or cleared
     */
    public record Change(Flag flag, boolean set) {}

    private final List<Change> queries;
    private final List<Change> responses;

    /**
     * A layer with changes.
     *
     * @param queries made in this order to what goes down
     * @param responses made in this order to what comes back
     */
    public HeaderFlags(List<Change> queries, List<Change> responses) {
        this.queries = List.copyOf(queries);
        this.responses = List.copyOf(responses);
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> next.resolve(changed(query)).map(this::changed);
    }

    private Query changed(Query query) {
        Query changed = query;
        for (Change change : queries) {
            if (change.flag() == Flag.RD) {
                changed = changed.withRecursionDesired(change.set());
            }
        }
        return changed;
    }

    private Response changed(Response response) {
        Response changed = response;
        for (Change change : responses) {
            changed = switch (change.flag()) {
                case AA -> changed.withAuthoritative(change.set());
                case RA -> changed.withRecursionAvailable(change.set());
                case RD -> changed.withEnvelope(changed.envelope().withRecursionDesired(change.set()));
            };
        }
        return changed;
    }
}
