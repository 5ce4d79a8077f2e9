package dev.waypost.socket;

import dev.waypost.Metric;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measurements sorted into families of one name, as Prometheus wants them: each family in one piece, and in it each set of
 * labels once. Counters of two parts with the same name and labels are summed up, as they would share one in CoreDNS; of two
 * gauges the greater one counts.
 */
final class MetricFamilies {
    private static final String COUNTER_SUFFIX = "_total";

    private static final String INFO_SUFFIX = "_info";

    private final Map<String, Map<Map<String, String>, Metric>> families = new TreeMap<>();

    /** Adds a measurement. */
    void add(Metric metric) {
        families.computeIfAbsent(metric.name(), any -> new LinkedHashMap<>())
                .merge(metric.labels(), metric, MetricFamilies::merged);
    }

    private static Metric merged(Metric one, Metric other) {
        if (one instanceof Metric.Counter first && other instanceof Metric.Counter second) {
            return new Metric.Counter(first.name(), first.help(), first.labels(), first.value() + second.value());
        }
        if (one instanceof Metric.Gauge first && other instanceof Metric.Gauge second) {
            // Two blocks speak of one thing, a hosts file they share: it is not there twice.
            return first.value() >= second.value() ? first : second;
        }
        if (one instanceof Metric.Distribution first
                && other instanceof Metric.Distribution second
                && first.upperBounds().equals(second.upperBounds())) {
            List<Long> counts = new ArrayList<>(first.counts());
            for (int i = 0; i < counts.size(); i++) {
                counts.set(i, counts.get(i) + second.counts().get(i));
            }
            return new Metric.Distribution(
                    first.name(),
                    first.help(),
                    first.labels(),
                    first.upperBounds(),
                    counts,
                    first.sum() + second.sum());
        }
        return one; // one name, two kinds: a programmer's error that must not take the page down
    }

    /** The families, sorted by name. */
    MetricSnapshots snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        families.values().forEach(family -> snapshots.add(snapshot(family.values())));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(Collection<Metric> family) {
        Metric first = family.iterator().next();
        if (first instanceof Metric.Counter) {
            return counters(metadata(first, COUNTER_SUFFIX), family);
        }
        if (first instanceof Metric.Distribution) {
            return distributions(metadata(first, ""), family);
        }
        return first.name().endsWith(INFO_SUFFIX)
                ? new InfoSnapshot(
                        metadata(first, INFO_SUFFIX),
                        family.stream()
                                .map(each -> new InfoSnapshot.InfoDataPointSnapshot(labels(each)))
                                .toList())
                : gauges(metadata(first, ""), family);
    }

    /** The library adds the suffix that belongs to a kind by itself. */
    private static MetricMetadata metadata(Metric metric, String suffix) {
        String name = metric.name();
        String stem = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
        return new MetricMetadata(stem, metric.help());
    }

    private static MetricSnapshot counters(MetricMetadata metadata, Collection<Metric> family) {
        List<CounterSnapshot.CounterDataPointSnapshot> points = new ArrayList<>();
        for (Metric each : family) {
            if (each instanceof Metric.Counter counter) {
                points.add(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(labels(each))
                        .value(counter.value())
                        .build());
            }
        }
        return new CounterSnapshot(metadata, points);
    }

    private static MetricSnapshot gauges(MetricMetadata metadata, Collection<Metric> family) {
        List<GaugeSnapshot.GaugeDataPointSnapshot> points = new ArrayList<>();
        for (Metric each : family) {
            if (each instanceof Metric.Gauge gauge) {
                points.add(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels(each))
                        .value(gauge.value())
                        .build());
            }
        }
        return new GaugeSnapshot(metadata, points);
    }

    private static MetricSnapshot distributions(MetricMetadata metadata, Collection<Metric> family) {
        List<HistogramSnapshot.HistogramDataPointSnapshot> points = new ArrayList<>();
        for (Metric each : family) {
            if (each instanceof Metric.Distribution distribution) {
                List<Double> bounds = new ArrayList<>(distribution.upperBounds());
                bounds.add(Double.POSITIVE_INFINITY);
                points.add(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .labels(labels(each))
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, distribution.counts()))
                        .sum(distribution.sum())
                        .build());
            }
        }
        return new HistogramSnapshot(metadata, points);
    }

    private static Labels labels(Metric metric) {
        Labels.Builder labels = Labels.builder();
        new TreeMap<>(metric.labels()).forEach(labels::label);
        return labels.build();
    }
}
