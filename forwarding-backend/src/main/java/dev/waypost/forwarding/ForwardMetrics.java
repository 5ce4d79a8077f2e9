package dev.waypost.forwarding;

import dev.waypost.Histogram;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.xbill.DNS.Rcode;

/**
 * What forwarding counts, under CoreDNS's names. One object may serve several forwarders, one after the other or at once,
 * so that a reload never sets a counter back.
 */
final class ForwardMetrics implements MetricSource {
    private static final String PROXY_NAME = "proxy_name";
    private static final String TO = "to";
    /** CoreDNS's time buckets: 0.25 ms, doubled fifteen times. */
    private static final double LEAST_SECONDS = 0.00025;

    private static final int TIME_BUCKETS = 16;
    private static final double NANOS_A_SECOND = 1e9;

    private final LongAdder allDown = new LongAdder();
    private final LongAdder rejects = new LongAdder();
    private final Map<String, LongAdder> probeFailures = new ConcurrentHashMap<>();
    private final Map<Connections, LongAdder> connections = new ConcurrentHashMap<>();
    private final LongAdder hedged = new LongAdder();
    private final LongAdder unhedged = new LongAdder();
    private final Map<Exchanges, Histogram> durations = new ConcurrentHashMap<>();

    private record Exchanges(String upstream, int rcode) {}

    private record Connections(String upstream, String protocol, boolean reused) {}

    void allDown() {
        allDown.increment();
    }

    void rejected() {
        rejects.increment();
    }

    void probeFailed(String upstream) {
        adder(probeFailures, upstream).increment();
    }

    /**
     * A query went over a stream.
     *
     * @param protocol {@code tcp}, {@code tcp-tls}
     * @param reused whether it found an open connection
     */
    void connection(String upstream, String protocol, boolean reused) {
        adder(connections, new Connections(upstream, protocol, reused)).increment();
    }

    /** A question waited for longer than its upstream nearly always takes: whether another could be asked too. */
    void hedge(boolean asked) {
        (asked ? hedged : unhedged).increment();
    }

    void replied(String upstream, int rcode, long nanos) {
        Exchanges key = new Exchanges(upstream, rcode);
        Histogram known = durations.get(key);
        Histogram histogram = known == null
                ? durations.computeIfAbsent(key, unknown -> Histogram.exponential(LEAST_SECONDS, 2, TIME_BUCKETS))
                : known;
        histogram.observe(nanos / NANOS_A_SECOND);
    }

    private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
        LongAdder known = adders.get(key);
        return known == null ? adders.computeIfAbsent(key, unknown -> new LongAdder()) : known;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(new Metric.Counter(
                "coredns_forward_healthcheck_broken_total",
                "Questions that found every upstream down.",
                Map.of(),
                allDown.sum()));
        sink.accept(new Metric.Counter(
                "coredns_forward_max_concurrent_rejects_total",
                "Queries refused because too many questions were in flight or too many queries waited.",
                Map.of(),
                rejects.sum()));
        durations.forEach((exchanges, histogram) -> sink.accept(histogram.distribution(
                "coredns_proxy_request_duration_seconds",
                "Seconds from a question to the upstream's reply.",
                Map.of(
                        PROXY_NAME,
                        Forwarder.NAME,
                        TO,
                        exchanges.upstream(),
                        "rcode",
                        Rcode.string(exchanges.rcode())))));
        probeFailures.forEach((upstream, count) -> sink.accept(new Metric.Counter(
                "coredns_proxy_healthcheck_failures_total",
                "Probes that an upstream did not answer.",
                Map.of(PROXY_NAME, Forwarder.NAME, TO, upstream),
                count.sum())));
        connections.forEach((key, count) -> sink.accept(new Metric.Counter(
                "coredns_proxy_conn_cache_" + (key.reused() ? "hits" : "misses") + "_total",
                "Queries that found (hits) or did not find (misses) an open connection.",
                Map.of(PROXY_NAME, Forwarder.NAME, TO, key.upstream(), "proto", key.protocol()),
                count.sum())));
        hedges(sink, "asked", hedged);
        hedges(sink, "over_budget", unhedged);
    }

    private static void hedges(Consumer<Metric> sink, String result, LongAdder count) {
        sink.accept(new Metric.Counter(
                "waypost_forward_hedges_total",
                "Questions whose upstream was silent for longer than its p95: asked elsewhere too, or not for want of budget.",
                Map.of("result", result),
                count.sum()));
    }
}
