package dev.waypost.layer.rewrite;

import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Type;

/**
 * Applies rewriting rules: to a query in their order, to what comes back in the opposite order.
 *
 * <p>The first rule that is for a query is the last one applied, unless it says to go on. The client's question stays in
 * its reply whatever was asked instead. Immutable, and safe for any number of threads.
 */
public final class RewriteLayer implements Layer {
    /**
     * A rule in its place.
     *
     * @param goesOn whether the rules behind it are looked at, where it was for the query
     */
    public record Entry(RewriteRule rule, boolean goesOn) {}

    private final List<Entry> entries;

    /** A layer with these rules. */
    public RewriteLayer(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** A layer with these rules, of which the first that fits is applied. */
    public RewriteLayer(RewriteRule... rules) {
        this(List.of(rules).stream().map(rule -> new Entry(rule, false)).toList());
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> resolve(query, next);
    }

    private Resolution resolve(Query query, Resolver next) {
        Query asked = query;
        Deque<UnaryOperator<Resolution>> back = new ArrayDeque<>();
        for (Entry entry : entries) {
            RewriteRule.Outcome outcome = entry.rule().apply(asked);
            if (outcome instanceof RewriteRule.Refused refused) {
                return refused.response().withAnsweredBy("rewrite");
            }
            if (outcome instanceof RewriteRule.Rewritten rewritten) {
                tell(asked, rewritten.query());
                asked = rewritten.query();
                back.push(rewritten.back());
                if (!entry.goesOn()) {
                    break;
                }
            }
        }
        Resolution resolution = next.resolve(asked);
        for (UnaryOperator<Resolution> change : back) {
            resolution = change.apply(resolution);
        }
        return resolution;
    }

    private static void tell(Query from, Query to) {
        if (from.trail().isWanted()) {
            from.trail()
                    .step(
                            "rewrite",
                            from.qname() + " " + Type.string(from.qtype()) + " is asked as " + to.qname() + " "
                                    + Type.string(to.qtype()));
        }
    }
}
