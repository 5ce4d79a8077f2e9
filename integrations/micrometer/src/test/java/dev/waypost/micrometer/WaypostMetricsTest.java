package dev.waypost.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.testing.FakeTicker;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaypostMetricsTest {
    private final FakeTicker ticker = new FakeTicker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger collected = new AtomicInteger();
    private volatile double queries = 1;
    private volatile boolean later;

    private DnsEngine engine() {
        MetricSource source = sink -> {
            collected.incrementAndGet();
            sink.accept(new Metric.Counter("queries_total", "Queries.", Map.of("zone", "example."), queries));
            sink.accept(new Metric.Gauge("age_seconds", "Age.", Map.of(), 7));
            sink.accept(new Metric.Distribution(
                    "took_seconds", "Time.", Map.of(), List.of(1.0, 2.0), List.of(3L, 2L, 1L), 9));
            if (later) {
                sink.accept(new Metric.Counter("queries_total", "Queries.", Map.of("zone", "other."), 5));
            }
        };
        return DnsEngine.of(EnginePlan.builder().metrics(source).build());
    }

    @Test
    void countersGaugesAndDistributionsKeepTheirNamesAndLabels() {
        try (DnsEngine engine = engine()) {
            new WaypostMetrics(engine, ticker).bindTo(registry);
            assertThat(registry.get("queries_total")
                            .tag("zone", "example.")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("age_seconds").gauge().value()).isEqualTo(7);
            FunctionTimer took = registry.get("took_seconds").functionTimer();
            assertThat(took.count()).isEqualTo(6);
            assertThat(took.totalTime(TimeUnit.SECONDS)).isEqualTo(9);
        }
    }

    @Test
    void theEngineIsAskedOnceASecondHoweverManyMetersAreRead() {
        try (DnsEngine engine = engine()) {
            new WaypostMetrics(engine, ticker).bindTo(registry);
            queries = 2;
            registry.get("age_seconds").gauge().value();
            assertThat(registry.get("queries_total").functionCounter().count()).isEqualTo(1);
            assertThat(collected).hasValue(1);
            ticker.advance(Duration.ofSeconds(1));
            assertThat(registry.get("queries_total").functionCounter().count()).isEqualTo(2);
            assertThat(collected).hasValue(2);
        }
    }

    @Test
    void aSeriesThatAppearsLaterIsBoundThen() {
        try (DnsEngine engine = engine()) {
            new WaypostMetrics(engine, ticker).bindTo(registry);
            later = true;
            ticker.advance(Duration.ofSeconds(1));
            registry.get("age_seconds").gauge().value();
            assertThat(registry.get("queries_total")
                            .tag("zone", "other.")
                            .functionCounter()
                            .count())
                    .isEqualTo(5);
        }
    }
}
