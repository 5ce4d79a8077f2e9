package dev.waypost.corefile.directive;

import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.corefile.BlockContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What core's directives count, under CoreDNS's names; one object for all blocks, so that counts outlive a reload. */
final class DirectiveCounters implements MetricSource {
    private record Key(String name, String help, Map<String, String> labels) {
        Key {
            labels = Map.copyOf(labels);
        }
    }

    private final Map<Key, LongAdder> counters = new ConcurrentHashMap<>();

    private DirectiveCounters() {}

    /** Those of a host; what they hold is measured with the block. */
    static DirectiveCounters of(BlockContext block) {
        DirectiveCounters counters = block.shared(DirectiveCounters.class, DirectiveCounters::new);
        block.metrics(counters);
        return counters;
    }

    /** The name of a block's server in labels: of several the first. */
    static String serverOf(BlockContext block) {
        return block.listenPoints().get(0).toString();
    }

    /**
     * A counter; the same one for the same name and labels.
     *
     * @param labels of values that a configuration bounds, never of those that a client sends
     */
    LongAdder counter(String name, String help, Map<String, String> labels) {
        return counters.computeIfAbsent(new Key(name, help, labels), any -> new LongAdder());
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        counters.forEach((key, count) -> sink.accept(new Metric.Counter(key.name, key.help, key.labels, count.sum())));
    }
}
