package dev.waypost.kubernetes;

import dev.waypost.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How each watch stands, as metrics: what an alert for a silent or lossy watch is made of. */
final class WatchMetrics {
    private static final String PREFIX = "waypost_kubernetes_";
    private static final double NANOS = 1e9;

    private final Consumer<Metric> sink;

    private WatchMetrics(Consumer<Metric> sink) {
        this.sink = sink;
    }

    static void collect(List<WatchReport> watches, Consumer<Metric> sink) {
        WatchMetrics metrics = new WatchMetrics(sink);
        watches.forEach(metrics::add);
    }

    private void add(WatchReport watch) {
        Map<String, String> labels =
                Map.of("resource", watch.resource(), "namespace", watch.namespace(), "service", watch.service());
        // Without any contact there is no time to count from; readiness tells of that.
        watch.sinceLastContact().ifPresent(age -> {
            gauge(
                    "last_event_age_seconds",
                    "Time since the API server was last heard, bookmarks included.",
                    labels,
                    age);
            gauge(
                    "contact_lost_seconds",
                    "For how long the API server is out of reach; 0 while in touch.",
                    labels,
                    watch.lost().orElse(Duration.ZERO));
        });
        watch.sinceLastList()
                .ifPresent(
                        age -> gauge("last_list_age_seconds", "Time since the last list was complete.", labels, age));
        counter("lists_total", "Lists that were complete.", labels, watch.lists());
        counter("reconnects_total", "Watches opened after the first one.", labels, watch.reconnects());
        counter("read_bytes_total", "Octets read from the API server, uncompressed.", labels, watch.octetsRead());
        counter("objects_skipped_total", "Objects that could not be used.", labels, watch.objectsSkipped());
        counter(
                "parts_left_out_total",
                "Endpoints, ports and addresses of usable objects that could not be used.",
                labels,
                watch.partsLeftOut());
    }

    private void gauge(String name, String help, Map<String, String> labels, Duration value) {
        sink.accept(new Metric.Gauge(PREFIX + name, help, labels, value.toNanos() / NANOS));
    }

    private void counter(String name, String help, Map<String, String> labels, long value) {
        sink.accept(new Metric.Counter(PREFIX + name, help, labels, value));
    }
}
