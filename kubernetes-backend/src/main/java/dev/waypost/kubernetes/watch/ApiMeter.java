package dev.waypost.kubernetes.watch;

import dev.waypost.Histogram;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts the requests to the API server, under the names CoreDNS gives them. */
public final class ApiMeter implements MetricSource {
    /** The code of a request that got no response, as client-go writes it. */
    static final String NO_RESPONSE = "<error>";

    private static final double NANOS = 1e9;
    private static final String METHOD = "GET"; // we only ever read
    private static final String PREFIX = "coredns_kubernetes_rest_client_";

    private final Map<Request, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Histogram> durations = new ConcurrentHashMap<>();

    private final Map<String, Histogram> visible = new ConcurrentHashMap<>();

    private record Request(String code, String host) {}

    /** Counts a request, from its sending to its response's head. */
    void requested(String host, String code, double seconds) {
        requests.computeIfAbsent(new Request(code, host), any -> new LongAdder())
                .increment();
        durations
                .computeIfAbsent(host, any -> Histogram.of(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10))
                .observe(seconds);
    }

    /** Counts an event, from the read of its last octet to its being answered. */
    void visible(String resource, long nanos) {
        visible.computeIfAbsent(resource, any -> Histogram.exponential(10e-6, 2, 16))
                .observe(nanos / NANOS);
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        requests.forEach((request, count) -> sink.accept(new Metric.Counter(
                PREFIX + "requests_total",
                "Requests to the Kubernetes API server by status code.",
                Map.of("method", METHOD, "code", request.code(), "host", request.host()),
                count.sum())));
        durations.forEach((host, histogram) -> sink.accept(histogram.distribution(
                PREFIX + "request_duration_seconds",
                "Time from a request to the head of its response.",
                Map.of("verb", METHOD, "host", host))));
        visible.forEach((resource, histogram) -> sink.accept(histogram.distribution(
                "waypost_kubernetes_event_visible_seconds",
                "Time from the last octet of a change to its being answered.",
                Map.of("resource", resource))));
    }
}
