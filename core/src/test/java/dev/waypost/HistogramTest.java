package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static Metric.Distribution distribution(Histogram histogram) {
        return histogram.distribution("name", "help", Map.of());
    }

    @Test
    void valueAtABoundBelongsToItsBucket() {
        Histogram histogram = Histogram.of(1, 2, 4);
        for (double value : new double[] {0, 1, 1.5, 2, 4, 4.5, 100}) {
            histogram.observe(value);
        }
        Metric.Distribution counted = distribution(histogram);
        assertThat(counted.upperBounds()).containsExactly(1.0, 2.0, 4.0);
        assertThat(counted.counts()).containsExactly(2L, 2L, 1L, 2L);
        assertThat(counted.sum()).isEqualTo(113);
    }

    @Test
    void exponentialBucketsGrowByTheirFactor() {
        assertThat(distribution(Histogram.exponential(0.25, 2, 4)).upperBounds())
                .containsExactly(0.25, 0.5, 1.0, 2.0);
    }

    @Test
    void manyThreadsLoseNoCount() {
        Histogram histogram = Histogram.of(10);
        IntStream.range(0, 10_000).parallel().forEach(i -> histogram.observe(1));
        assertThat(distribution(histogram).counts()).containsExactly(10_000L, 0L);
        assertThat(distribution(histogram).sum()).isEqualTo(10_000);
    }
}
