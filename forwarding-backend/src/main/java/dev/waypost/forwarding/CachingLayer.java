package dev.waypost.forwarding;

import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.forwarding.message.Question;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Keeps forwarded answers as long as their TTLs allow.
 *
 * <p>Only answers of {@link Freshness#isUncached()} are kept: an answer from memory passes untouched, because it is cached
 * already and no TTL may stand between watched data and a client. Kept answers are not authoritative, their TTLs count
 * down, and they hold until their least TTL is over. A TTL of 0 is used once. Failures are kept for a short time, and
 * longer each time that they repeat.
 *
 * <p>Where it is told so, it refreshes what is asked for much before it expires, and tells what is stale where nothing
 * fresh is to be had: such a response says since when ({@link dev.waypost.Staleness}), and why (RFC 8914 section 4.4).
 *
 * <p>Over several resolvers it keeps the answers of each apart, all within one bound in bytes. It has no thread of its own,
 * and is safe for any number of threads. As an observer it hears of replies that a door replayed, which are its hits too.
 */
public final class CachingLayer implements Layer, MetricSource, QueryObserver {
    static final String NAME = "cache";

    /**
     * One replay in so many is told to the store: enough for what is hot to stay, and looking it up costs more than to
     * replay it.
     */
    private static final int REPLAYS_A_SAMPLE = 8;

    private final CacheSettings settings;
    private final Clock clock;
    private final List<CachedResolver> resolvers = new CopyOnWriteArrayList<>();
    private volatile AnswerStores stores;

    CachingLayer(CacheSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.stores = new AnswerStores(settings, clock);
    }

    /** A cache to describe; every option has a default. */
    public static CacheBuilder builder() {
        return new CacheBuilder();
    }

    @Override
    public synchronized Resolver over(Resolver next) {
        CachedResolver resolver = new CachedResolver(next, resolvers.size(), settings, stores, clock);
        resolvers.add(resolver);
        return resolver;
    }

    CacheSettings settings() {
        return settings;
    }

    /** What is kept. */
    AnswerStores stores() {
        return stores;
    }

    /** Goes on with what another cache of the same settings has kept; before it is put over anything. */
    void inherit(AnswerStores kept) {
        stores = kept;
    }

    /**
     * Counts a replayed reply whose answer this cache keeps: the door repeats it without asking, and it is a hit all the
     * same.
     */
    @Override
    public void replied(Exchange exchange) {
        boolean keptHere =
                exchange.answeredBy().equals(NAME) || exchange.answeredBy().equals(Forwarder.NAME);
        if (exchange.replayed() && keptHere && settings.covers(exchange.qname())) {
            stores.meters().request();
            (exchange.answerRecords() > 0 ? stores.successes() : stores.denials()).hit();
            if (!settings.prefetch().areOff() || ThreadLocalRandom.current().nextInt(REPLAYS_A_SAMPLE) == 0) {
                Question question = Question.of(exchange);
                resolvers.forEach(resolver -> resolver.replayed(question));
            }
        }
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        stores.meters().collect(sink, settings, stores);
    }
}
