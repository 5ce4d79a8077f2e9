package dev.waypost.layer.rewrite;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import java.util.function.UnaryOperator;

/** One rule: what it makes of a query, and of what comes back. */
@FunctionalInterface
public interface RewriteRule {
    /**
     * Applies the rule.
     *
     * @param query what the rules before it have made of the client's query
     */
    Outcome apply(Query query);

    /** What a rule made of a query. */
    sealed interface Outcome {
        /** The rule is not for this query. */
        Outcome UNFIT = new Unfit();
    }

    /** See {@link Outcome#UNFIT}. */
    record Unfit() implements Outcome {}

    /**
     * The rule was for the query.
     *
     * @param query what is asked instead
     * @param back what becomes of the resolution
     */
    record Rewritten(Query query, UnaryOperator<Resolution> back) implements Outcome {
        /** A rule that changes responses. */
        static Rewritten map(Query query, UnaryOperator<Response> change) {
            return new Rewritten(query, resolution -> resolution.map(change));
        }
    }

    /** The rule was for the query, and cannot be followed. */
    record Refused(Response response) implements Outcome {}
}
