package dev.waypost.forwarding;

import dev.waypost.Metric;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.forwarding.message.Belief;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.xbill.DNS.Rcode;

/** A cache over an upstream that says what a test tells it, at once or when it is told to, on a clock of its own. */
final class CacheProbe {
    static final Query QUERY = Questions.a("www.example.");
    static final String SOA = "example. 900 SOA ns.example. hostmaster.example. 1 7200 1800 86400 60";

    private final FakeClock clock = new FakeClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final Deque<CompletableFuture<Resolution>> waiting = new ArrayDeque<>();
    private final CachingLayer layer;
    private final Resolver cache;
    private Resolution says = answered("www.example. 300 A 192.0.2.1");
    private boolean slow;

    CacheProbe(CacheBuilder builder) {
        layer = builder.ticker(clock.ticker()).build(clock);
        cache = layer.over(this::upstream);
    }

    CacheProbe() {
        this(CachingLayer.builder());
    }

    private Resolution upstream(Query query) {
        asked.incrementAndGet();
        if (!slow) {
            return says;
        }
        CompletableFuture<Resolution> later = new CompletableFuture<>();
        waiting.add(later);
        return Pending.on(later);
    }

    /** A response as a forwarder gives it. */
    static Response forwarded(int rcode, String... answer) {
        return Belief.failure(rcode)
                .withAnsweredBy(Forwarder.NAME)
                .withAnswer(Stream.of(answer)
                        .map(each -> RecordSet.of(Replies.record(each)))
                        .toList());
    }

    static Response answered(String... records) {
        return forwarded(Rcode.NOERROR, records);
    }

    static Response denial(int rcode, String soa) {
        return forwarded(rcode).withAuthority(List.of(RecordSet.of(Replies.record(soa))));
    }

    static Response servfail() {
        return Flight.failure("no reply in time");
    }

    /** What the upstream says from now on. */
    CacheProbe says(Resolution resolution) {
        says = resolution;
        slow = false;
        return this;
    }

    /** From now on the upstream says nothing before {@link #reply}. */
    CacheProbe isSlow() {
        slow = true;
        return this;
    }

    /** The upstream answers the oldest question that waits for it. */
    void reply(Resolution resolution) {
        waiting.remove().complete(resolution);
    }

    /** The upstream fails in a way that no resolver should. */
    void breaks(Throwable fault) {
        waiting.remove().completeExceptionally(fault);
    }

    Resolution ask(Query query) {
        return cache.resolve(query);
    }

    Resolution ask() {
        return ask(QUERY.withDeadline(now() + Query.DEFAULT_TIMEOUT.toNanos()));
    }

    void after(Duration time) {
        clock.advance(time);
    }

    void afterSeconds(long seconds) {
        after(Duration.ofSeconds(seconds));
    }

    /** How often the upstream was asked. */
    int asked() {
        return asked.get();
    }

    long now() {
        return clock.now();
    }

    CachingLayer layer() {
        return layer;
    }

    Resolver cache() {
        return cache;
    }

    /** A measurement by its name without prefix, and its type where it has one. */
    double metric(String name, String... type) {
        double[] found = {Double.NaN};
        layer.collect(metric -> {
            boolean typed = type.length == 0 || type[0].equals(metric.labels().get("type"));
            if (metric.name().endsWith("_cache_" + name) && typed) {
                found[0] = value(metric);
            }
        });
        return found[0];
    }

    /** Name, labels and value of each measurement. */
    List<Map.Entry<String, Double>> metrics() {
        List<Map.Entry<String, Double>> all = new ArrayList<>();
        layer.collect(metric -> all.add(Map.entry(metric.name() + new TreeMap<>(metric.labels()), value(metric))));
        return all;
    }

    private static double value(Metric metric) {
        return metric instanceof Metric.Counter counter ? counter.value() : ((Metric.Gauge) metric).value();
    }
}
