package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Histogram;
import dev.waypost.Metric;
import dev.waypost.Readiness;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static String page(Metric... metrics) {
        HttpReply reply = new MetricsPage().reply(new Served() {
            @Override
            public Map<String, Readiness> readiness() {
                return Map.of();
            }

            @Override
            public boolean isStopping() {
                return false;
            }

            @Override
            public void collect(Consumer<Metric> sink) {
                List.of(metrics).forEach(sink);
            }
        });
        assertThat(reply.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void everyKindKeepsItsName() {
        Histogram histogram = Histogram.of(1, 2);
        histogram.observe(1.5);
        assertThat(page(
                        new Metric.Counter("a_total", "Counted.", Map.of("b", "2", "a", ""), 3),
                        new Metric.Gauge("b_entries", "Measured.", Map.of(), 1),
                        new Metric.Gauge("c_info", "Told.", Map.of("version", "1"), 1),
                        histogram.distribution("d_seconds", "Timed.", Map.of())))
                .isEqualTo("""
                        # HELP a_total Counted.
                        # TYPE a_total counter
                        a_total{a="",b="2"} 3.0
                        # HELP b_entries Measured.
                        # TYPE b_entries gauge
                        b_entries 1.0
                        # HELP c_info Told.
                        # TYPE c_info gauge
                        c_info{version="1"} 1
                        # HELP d_seconds Timed.
                        # TYPE d_seconds histogram
                        d_seconds_bucket{le="1.0"} 0
                        d_seconds_bucket{le="2.0"} 1
                        d_seconds_bucket{le="+Inf"} 1
                        d_seconds_count 1
                        d_seconds_sum 1.5
                        """);
    }

    @Test
    void twoPartsThatCountAreSummedAndTwoThatMeasureOneThingAreNot() {
        assertThat(page(
                        new Metric.Counter("hits_total", "Counted.", Map.of(), 2),
                        new Metric.Counter("hits_total", "Counted.", Map.of(), 3),
                        new Metric.Gauge("entries", "Measured.", Map.of(), 7),
                        new Metric.Gauge("entries", "Measured.", Map.of(), 7)))
                .contains("hits_total 5.0", "entries 7.0");
    }

    @Test
    void aCounterWithoutSuffixAndAGaugeWithOneKeepTheirNames() {
        assertThat(page(new Metric.Gauge("odd_total", "A gauge all the same.", Map.of(), 1)))
                .contains("\nodd_total 1.0\n");
    }

    @Test
    void partsThatSayTheSameAreSummedUp() {
        assertThat(page(
                        new Metric.Counter("a_total", "Counted.", Map.of("to", "x"), 3),
                        new Metric.Counter("b_total", "Counted.", Map.of(), 1),
                        new Metric.Counter("a_total", "Counted.", Map.of("to", "x"), 4)))
                .contains("a_total{to=\"x\"} 7.0\n")
                .containsOnlyOnce("# TYPE a_total");
    }
}
