package dev.waypost.layer.rewrite;

import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keeps the TTLs of responses within bounds. */
public final class TtlRule implements RewriteRule {
    private final NameMatch match;
    private final int least;
    private final int most;
    private final Ticker ticker;

    /**
     * A rule for TTLs.
     *
     * @param match responses to queries for these names
     * @param least seconds, 0..2147483647
     * @param most seconds, {@code least} or more
     * @param ticker the engine's clock
     */
    public TtlRule(NameMatch match, int least, int most, Ticker ticker) {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException(
                    "TTLs want bounds 0..2147483647 in order, found " + least + " and " + most);
        }
        this.match = match;
        this.least = least;
        this.most = most;
        this.ticker = ticker;
    }

    @Override
    public Outcome apply(Query query) {
        return match.fits(NameText.of(query.qname())) ? Rewritten.map(query, this::bounded) : Outcome.UNFIT;
    }

    private Response bounded(Response response) {
        Response bounded = response.withAnswer(bounded(response.answer()))
                .withAuthority(bounded(response.authority()))
                .withAdditional(bounded(response.additional()));
        return response.freshness().isTimed() ? untilTheFirstTtlEnds(bounded) : bounded;
    }

    private List<RecordSet> bounded(List<RecordSet> sets) {
        return sets.stream()
                .map(set -> set.withTtl(Math.min(most, Math.max(least, set.ttlSeconds()))))
                .toList();
    }

    /** A repeated answer counts its TTLs down; where they end before the answer does, the cache is asked again. */
    private Response untilTheFirstTtlEnds(Response response) {
        int first = Stream.of(response.answer(), response.authority(), response.additional())
                .flatMap(List::stream)
                .mapToInt(RecordSet::ttlSeconds)
                .min()
                .orElse(Integer.MAX_VALUE);
        Freshness end = Freshness.until(ticker.nanoTime() + TimeUnit.SECONDS.toNanos(first));
        return response.withFreshness(response.freshness().and(end));
    }
}
