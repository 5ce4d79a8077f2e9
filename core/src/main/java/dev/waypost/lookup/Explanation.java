package dev.waypost.lookup;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.Trail;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.Type;

/**
 * How one answer came about.
 *
 * @param query what was asked
 * @param steps what was done, in order
 * @param response what it came to; SERVFAIL where no answer came in time
 */
public record Explanation(Query query, List<Trail.Step> steps, Response response) {
    private static final double NANOS_PER_MILLI = 1e6;

    public Explanation {
        steps = List.copyOf(steps);
    }

    /** Answers a query and keeps the steps; waits until its deadline at most. */
    public static Explanation of(Resolver resolver, Query query, Ticker ticker) {
        Trail trail = Trail.begin(ticker);
        Resolution resolution = resolver.resolve(query.withTrail(trail));
        long left = Math.max(1, query.deadlineNanos() - ticker.nanoTime());
        Response response = Asking.inTime(resolution, left).stage().join();
        return new Explanation(query, trail.steps(), response);
    }

    /** A line a step, with milliseconds from the beginning; then the records. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(query.qname())
                .append(' ')
                .append(Type.string(query.qtype()))
                .append('\n');
        for (Trail.Step step : steps) {
            text.append(String.format(
                    Locale.ROOT,
                    "%10.3f ms  %s: %s\n",
                    step.at().toNanos() / NANOS_PER_MILLI,
                    step.part(),
                    step.what()));
        }
        response.answer()
                .forEach(set -> set.toString()
                        .lines()
                        .forEach(line -> text.append("    ").append(line).append('\n')));
        return text.toString();
    }
}
