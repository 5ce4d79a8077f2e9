package dev.waypost.micrometer;

import dev.waypost.Metric;
import dev.waypost.Ticker;
import dev.waypost.engine.DnsEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Binds what an engine measures: {@code new WaypostMetrics(engine).bindTo(registry)}.
 *
 * <p>Counters and gauges keep their names and labels; a distribution becomes a timer with its count and sum, without its
 * buckets. A series that appears later, the first NXDOMAIN of a zone, is bound when another one is read. The engine is asked
 * once a second at most, however many meters are read. Safe for any number of threads.
 */
public final class WaypostMetrics implements MeterBinder {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final DnsEngine engine;
    private final Ticker ticker;
    private final Set<Series> bound = ConcurrentHashMap.newKeySet();
    private Map<Series, Metric> read = Map.of();
    private long readNanos;

    /** A binder for an engine, which stays the caller's to close. */
    public WaypostMetrics(DnsEngine engine) {
        this(engine, Ticker.SYSTEM);
    }

    WaypostMetrics(DnsEngine engine, Ticker ticker) {
        this.engine = engine;
        this.ticker = ticker;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        metrics(registry);
    }

    private synchronized Map<Series, Metric> metrics(MeterRegistry registry) {
        long now = ticker.nanoTime();
        if (read.isEmpty() || now - readNanos >= FRESH_NANOS) {
            Map<Series, Metric> all = new LinkedHashMap<>();
            engine.collect(metric -> all.put(new Series(metric.name(), metric.labels()), metric));
            read = all;
            readNanos = now;
            all.forEach((series, metric) -> {
                if (bound.add(series)) {
                    bind(registry, series, metric);
                }
            });
        }
        return read;
    }

    private void bind(MeterRegistry registry, Series series, Metric metric) {
        List<Tag> tags = series.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList();
        if (metric instanceof Metric.Counter) {
            FunctionCounter.builder(series.name(), this, all -> all.value(registry, series))
                    .description(metric.help())
                    .tags(tags)
                    .register(registry);
        } else if (metric instanceof Metric.Gauge) {
            Gauge.builder(series.name(), this, all -> all.value(registry, series))
                    .description(metric.help())
                    .tags(tags)
                    .register(registry);
        } else {
            FunctionTimer.builder(
                            series.name(),
                            this,
                            all -> all.count(registry, series),
                            all -> all.value(registry, series),
                            TimeUnit.SECONDS)
                    .description(metric.help())
                    .tags(tags)
                    .register(registry);
        }
    }

    /** The value now; a distribution's sum. A series that is no more keeps saying 0. */
    private double value(MeterRegistry registry, Series series) {
        Metric metric = metrics(registry).get(series);
        if (metric instanceof Metric.Counter counter) {
            return counter.value();
        }
        if (metric instanceof Metric.Gauge gauge) {
            return gauge.value();
        }
        return metric instanceof Metric.Distribution distribution ? distribution.sum() : 0;
    }

    private long count(MeterRegistry registry, Series series) {
        return metrics(registry).get(series) instanceof Metric.Distribution distribution
                ? distribution.counts().stream().mapToLong(Long::longValue).sum()
                : 0;
    }

    private record Series(String name, Map<String, String> labels) {}
}
