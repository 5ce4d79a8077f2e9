package dev.waypost.engine;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;

/**
 * Keeps whole-zone questions away from what answers for one RRset of a name: zones, forwarders. Where no layer in front
 * of them answers such a question nobody does, and it is REFUSED.
 *
 * @param source asked for everything else
 */
public record QuestionsOnly(Resolver source) implements Resolver {
    @Override
    public Resolution resolve(Query query) {
        return query.asksForTransfer() ? Fallthrough.FALLTHROUGH : source.resolve(query);
    }
}
