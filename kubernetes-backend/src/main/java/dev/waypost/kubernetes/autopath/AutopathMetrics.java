package dev.waypost.kubernetes.autopath;

import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What autopath counts, under CoreDNS's name; shared from reload to reload. */
final class AutopathMetrics implements MetricSource {
    private final Map<String, LongAdder> found = new ConcurrentHashMap<>();

    /** The counter of one server, e.g. {@code dns://:53}. */
    Runnable counterOf(String server) {
        return found.computeIfAbsent(server, key -> new LongAdder())::increment;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        found.forEach((server, count) -> sink.accept(new Metric.Counter(
                "coredns_autopath_success_total",
                "Questions answered by a later name of their client's search list.",
                Map.of("server", server),
                count.sum())));
    }
}
