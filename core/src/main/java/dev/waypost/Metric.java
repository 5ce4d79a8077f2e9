package dev.waypost;

import java.util.List;
import java.util.Map;

/** One measured value with its labels; rendering is the host's work. */
public sealed interface Metric {
    /** Metric name without a {@code _total} or unit suffix added by us: exactly what is exported. */
    String name();

    /** What it measures, one sentence. */
    String help();

    /** Label names and values. */
    Map<String, String> labels();

    /**
     * A value that only grows.
     *
     * @param value the sum so far
     */
    record Counter(String name, String help, Map<String, String> labels, double value) implements Metric {
        public Counter {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A value that goes up and down.
     *
     * @param value the value now
     */
    record Gauge(String name, String help, Map<String, String> labels, double value) implements Metric {
        public Gauge {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A distribution.
     *
     * @param upperBounds upper bounds of the buckets, ascending, without infinity
     * @param counts how many values fell into each bucket, not summed up; one more than bounds, the last is infinity's
     * @param sum sum of all values
     */
    record Distribution(
            String name,
            String help,
            Map<String, String> labels,
            List<Double> upperBounds,
            List<Long> counts,
            double sum)
            implements Metric {
        public Distribution {
            labels = Map.copyOf(labels);
            upperBounds = List.copyOf(upperBounds);
            counts = List.copyOf(counts);
        }
    }
}
