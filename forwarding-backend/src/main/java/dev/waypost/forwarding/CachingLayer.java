package dev.waypost.forwarding;

import dev.waypost.Envelope;
import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Keeps forwarded answers as long as their TTLs allow.
 *
 * <p>Only answers of {@link Freshness#isUncached()} are kept: an answer from memory passes untouched, because it is cached
 * already and no TTL may stand between watched data and a client. Kept answers are not authoritative, their TTLs count
 * down, and they hold until their least TTL is over. A TTL of 0 is used once.
 *
 * <p>Over several resolvers it keeps the answers of each apart, all within one bound in bytes. It needs no thread, and is
 * safe for any number of threads.
 */
public final class CachingLayer implements Layer, MetricSource, QueryObserver {
    static final String NAME = "cache";

    private final CacheSettings settings;
    private final Ticker ticker;
    private final AnswerStore successes;
    private final AnswerStore denials;
    private final AtomicInteger rules = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder misses = new LongAdder();

    CachingLayer(CacheSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.successes = new AnswerStore(settings.success().bytes(), ticker);
        this.denials = new AnswerStore(settings.denial().bytes(), ticker);
    }

    /** A cache to describe; every option has a default. */
    public static CacheBuilder builder() {
        return new CacheBuilder();
    }

    @Override
    public Resolver over(Resolver next) {
        int rule = rules.getAndIncrement();
        return query -> settings.covers(query.qname()) ? resolve(query, next, rule) : next.resolve(query);
    }

    private Resolution resolve(Query query, Resolver next, int rule) {
        requests.increment();
        AnswerStore.Key key = new AnswerStore.Key(rule, Question.of(query));
        KeptAnswer kept = find(key);
        if (kept == null) {
            misses.increment();
            return next.resolve(query).map(response -> keep(key, response));
        }
        Response told = told(settings.keepTtl() ? kept.response() : kept.toldAt(ticker.nanoTime()));
        return ClientSpelling.of(told, query.qname()).withAnsweredBy(NAME);
    }

    /** What goes out. An image of it would count TTLs down, so with kept TTLs only the cache itself may repeat it. */
    private Response told(Response kept) {
        return settings.keepTtl() ? kept.withFreshness(Freshness.never()) : kept;
    }

    private @Nullable KeptAnswer find(AnswerStore.Key key) {
        KeptAnswer success = successes.find(key);
        return success != null ? success : denials.find(key);
    }

    private Response keep(AnswerStore.Key key, Response response) {
        // What is for some clients only would have to be asked for at every look-up: it passes.
        if (!response.freshness().isUncached() || response.freshness().isForSome()) {
            return response;
        }
        Cacheability kind = Cacheability.of(response, key.question().qtype());
        return switch (kind) {
            case SUCCESS -> keep(key, response, kind, settings.success());
            case DENIAL -> keep(key, response, kind, settings.denial());
            case FAILURE -> keepFailure(key, response);
            case NONE -> response;
        };
    }

    private Response keep(AnswerStore.Key key, Response response, Cacheability kind, CacheBounds bounds) {
        if (bounds.refuses(key.question().qname())) {
            return response.withFreshness(Freshness.never());
        }
        Response bounded = kind.withTtls(response, bounds::bounded);
        return keepFor(Cacheability.leastTtl(bounded), key, bounded, kind);
    }

    private Response keepFailure(AnswerStore.Key key, Response response) {
        return settings.denial().refuses(key.question().qname())
                ? response.withFreshness(Freshness.never())
                : keepFor(settings.servfailSeconds(), key, response, Cacheability.FAILURE);
    }

    private Response keepFor(int seconds, AnswerStore.Key key, Response response, Cacheability kind) {
        if (seconds == 0) {
            return response.withFreshness(Freshness.never());
        }
        long now = ticker.nanoTime();
        long expiry = now + TimeUnit.SECONDS.toNanos(seconds);
        Response timed = response.withFreshness(response.freshness().keptUntil(expiry));
        // An envelope is one reply's: who answered it, how it was sent.
        KeptAnswer kept = new KeptAnswer(kind, timed.withEnvelope(Envelope.PLAIN), now, expiry);
        (kind == Cacheability.SUCCESS ? successes : denials).keep(key, kept);
        (kind == Cacheability.SUCCESS ? denials : successes).drop(key);
        return told(timed);
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
            requests.increment();
            (exchange.answerRecords() > 0 ? successes : denials).hit();
        }
    }

    /** Bytes of all that is kept, about. */
    long bytes() {
        return successes.bytes() + denials.bytes();
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        counter(sink, "requests_total", "Questions that came to the cache.", Map.of(), requests.sum());
        counter(sink, "misses_total", "Questions that the cache could not answer.", Map.of(), misses.sum());
        collect(sink, successes, "success");
        collect(sink, denials, "denial");
    }

    private void collect(Consumer<Metric> sink, AnswerStore store, String type) {
        Map<String, String> labels = Map.of("type", type);
        sink.accept(new Metric.Gauge("coredns_cache_entries", "Answers kept.", labelled(labels), store.size()));
        counter(sink, "hits_total", "Questions that the cache answered.", labels, store.hits());
        counter(sink, "evictions_total", "Answers that left for want of room.", labels, store.evictions());
    }

    private void counter(Consumer<Metric> sink, String name, String help, Map<String, String> labels, long value) {
        sink.accept(new Metric.Counter("coredns_cache_" + name, help, labelled(labels), value));
    }

    private Map<String, String> labelled(Map<String, String> more) {
        Map<String, String> labels = new HashMap<>(more);
        labels.put("server", settings.server());
        labels.put("view", "");
        labels.put("zones", settings.zones().stream().map(Name::toString).collect(Collectors.joining(",")));
        return labels;
    }
}
