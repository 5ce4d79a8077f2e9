package dev.waypost.forwarding;

import dev.waypost.Metric;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/** What a cache counts beside the hits of its stores, under CoreDNS's names. */
final class CacheMeters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder prefetches = new LongAdder();
    private final LongAdder drops = new LongAdder();
    private final LongAdder servedStale = new LongAdder();

    void request() {
        requests.increment();
    }

    void miss() {
        misses.increment();
    }

    void prefetch() {
        prefetches.increment();
    }

    void drop() {
        drops.increment();
    }

    void servedStale() {
        servedStale.increment();
    }

    /** Gives every present value to the sink. */
    void collect(Consumer<Metric> sink, CacheSettings settings, AnswerStores stores) {
        Labelled labelled = new Labelled(sink, settings);
        labelled.counter("requests_total", "Questions that came to the cache.", requests.sum());
        labelled.counter("misses_total", "Questions that the cache could not answer.", misses.sum());
        labelled.counter("prefetch_total", "Popular answers refreshed before they expired.", prefetches.sum());
        labelled.counter("drops_total", "Answers not kept as they belong to another name.", drops.sum());
        labelled.counter("served_stale_total", "Questions answered with a stale answer.", servedStale.sum());
        labelled.store("success", stores.successes());
        labelled.store("denial", stores.denials());
    }

    /** A sink for measurements with the labels of one cache. */
    private static final class Labelled {
        private static final String PREFIX = "coredns_cache_";

        private final Consumer<Metric> sink;
        private final Map<String, String> labels;

        Labelled(Consumer<Metric> sink, CacheSettings settings) {
            String zones = settings.zones().stream().map(Name::toString).collect(Collectors.joining(","));
            this.sink = sink;
            this.labels = Map.of("server", settings.server(), "view", "", "zones", zones);
        }

        void counter(String name, String help, long value) {
            sink.accept(new Metric.Counter(PREFIX + name, help, labels, value));
        }

        void store(String type, AnswerStore store) {
            Map<String, String> typed = new HashMap<>(labels);
            typed.put("type", type);
            sink.accept(new Metric.Gauge(PREFIX + "entries", "Answers kept.", typed, store.size()));
            sink.accept(new Metric.Counter(
                    PREFIX + "hits_total", "Questions that the cache answered.", typed, store.hits()));
            sink.accept(new Metric.Counter(
                    PREFIX + "evictions_total", "Answers that left for want of room.", typed, store.evictions()));
            sink.accept(new Metric.Gauge(
                    "waypost_cache_bytes", "Heap that the answers kept take, about.", typed, store.bytes()));
        }
    }
}
