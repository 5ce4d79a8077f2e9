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
    private final Map<String, LongAdder> reusedConnections = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> freshConnections = new ConcurrentHashMap<>();
    private final Map<Exchanges, Histogram> durations = new ConcurrentHashMap<>();

    private record Exchanges(String upstream, int rcode) {}

    void allDown() {
        allDown.increment();
    }

    void rejected() {
        rejects.increment();
    }

    void probeFailed(String upstream) {
        adder(probeFailures, upstream).increment();
    }

    void connection(String upstream, boolean reused) {
        adder(reused ? reusedConnections : freshConnections, upstream).increment();
    }

    void replied(String upstream, int rcode, long nanos) {
        durations
                .computeIfAbsent(
                        new Exchanges(upstream, rcode), key -> Histogram.exponential(LEAST_SECONDS, 2, TIME_BUCKETS))
                .observe(nanos / NANOS_A_SECOND);
    }

    private static LongAdder adder(Map<String, LongAdder> adders, String upstream) {
        return adders.computeIfAbsent(upstream, key -> new LongAdder());
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
                "Queries refused because max_concurrent others were waiting, or 1,024 for the same question.",
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
        collectConnections(sink, "hits", reusedConnections);
        collectConnections(sink, "misses", freshConnections);
    }

    private static void collectConnections(Consumer<Metric> sink, String what, Map<String, LongAdder> counts) {
        counts.forEach((upstream, count) -> sink.accept(new Metric.Counter(
                "coredns_proxy_conn_cache_" + what + "_total",
                "Questions that found (hits) or did not find (misses) an idle connection.",
                Map.of(PROXY_NAME, Forwarder.NAME, TO, upstream, "proto", "tcp"),
                count.sum())));
    }
}
