package dev.waypost.socket;

import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.corefile.CorefileDigest;
import dev.waypost.engine.EnginePlan;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How reloading goes, under CoreDNS's names. */
final class ReloadMetrics implements MetricSource {
    private final Supplier<EnginePlan> plan;
    private final LongAdder failures = new LongAdder();

    /** @param plan gives the plan that answers now */
    ReloadMetrics(Supplier<EnginePlan> plan) {
        this.plan = plan;
    }

    /** A Corefile could not be used. */
    void failed() {
        failures.increment();
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(new Metric.Counter(
                "coredns_reload_failed_total", "Corefiles that could not be used.", Map.of(), failures.sum()));
        for (CorefileDigest digest : plan.get().attachments(CorefileDigest.class)) {
            sink.accept(new Metric.Gauge(
                    "coredns_reload_version_info",
                    "Which Corefile is in use, as labels of a constant 1.",
                    Map.of("hash", "sha512", "value", digest.sha512()),
                    1));
        }
    }
}
