package dev.waypost.kubernetes.autopath;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Staleness;

/**
 * What the names tried so far put into the answer: a name that is missing now may be there later, and then it comes
 * before the one that answered.
 */
record Tried(Freshness freshness, Staleness staleness) {
    static Tried of(Resolution reply, Freshness freshness) {
        return new Tried(freshness, Staleness.FRESH).and(reply);
    }

    Tried and(Resolution reply) {
        if (reply instanceof Response response) {
            return new Tried(freshness.and(response.freshness()), staleness.and(response.staleness()));
        }
        Fallthrough missing = (Fallthrough) reply;
        return new Tried(freshness.and(missing.freshness()), staleness.and(missing.staleness()));
    }

    /** The reply, good for as long as all that was tried. */
    Resolution over(Resolution reply) {
        return reply instanceof Response response
                ? response.withFreshness(freshness).withStaleness(staleness)
                : new Fallthrough(freshness, staleness);
    }
}
