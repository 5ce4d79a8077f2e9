package dev.waypost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts values into fixed buckets without a lock; a part keeps one and tells it as a {@link Metric.Distribution}. */
public final class Histogram {
    private final double[] upperBounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    private Histogram(double[] upperBounds) {
        this.upperBounds = upperBounds;
        this.counts = new LongAdder[upperBounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Buckets that grow by a factor: {@code start, start*factor, ...}, {@code count} of them. */
    public static Histogram exponential(double start, double factor, int count) {
        double[] bounds = new double[count];
        double bound = start;
        for (int i = 0; i < count; i++) {
            bounds[i] = bound;
            bound *= factor;
        }
        return new Histogram(bounds);
    }

    /** Buckets with the given upper bounds, ascending. */
    public static Histogram of(double... upperBounds) {
        return new Histogram(upperBounds.clone());
    }

    /** Counts one value. */
    public void observe(double value) {
        int bucket = 0;
        while (bucket < upperBounds.length && value > upperBounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    /** What was counted so far. */
    public Metric.Distribution distribution(String name, String help, Map<String, String> labels) {
        List<Double> bounds = new ArrayList<>(upperBounds.length);
        for (double bound : upperBounds) {
            bounds.add(bound);
        }
        List<Long> cells = new ArrayList<>(counts.length);
        for (LongAdder count : counts) {
            cells.add(count.sum());
        }
        return new Metric.Distribution(name, help, labels, bounds, cells, sum.sum());
    }
}
