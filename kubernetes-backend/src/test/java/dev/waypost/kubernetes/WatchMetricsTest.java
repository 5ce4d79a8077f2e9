package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an operator sees of the watches")
class WatchMetricsTest {
    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();

    @AfterEach
    void close() {
        cluster.close();
    }

    /** A metric of a resource; empty where it is not collected. */
    private OptionalDouble value(String name, String resource) {
        List<Metric> metrics = new ArrayList<>();
        cluster.backend().collect(metrics::add);
        return metrics.stream()
                .filter(metric -> metric.name().equals("waypost_kubernetes_" + name)
                        && resource.equals(metric.labels().get("resource")))
                .mapToDouble(metric ->
                        metric instanceof Metric.Gauge gauge ? gauge.value() : ((Metric.Counter) metric).value())
                .findFirst();
    }

    @Test
    void watchInTouchCountsItsListsAndItsSilence() {
        assertThat(value("last_event_age_seconds", SERVICES)).isEmpty();
        cluster.startAndWait();
        assertThat(value("contact_lost_seconds", SERVICES)).hasValue(0);
        assertThat(value("lists_total", SERVICES)).hasValue(1);
        assertThat(value("reconnects_total", SERVICES)).hasValue(0);
        double before = value("last_event_age_seconds", SERVICES).orElseThrow();
        await().until(() -> value("last_event_age_seconds", SERVICES).orElseThrow() > before);
    }

    @Test
    void lostContactCountsUpwardsAndReconnectsAreCounted() throws IOException {
        cluster.startAndWait();
        api.unreachable(true);
        api.reset(SERVICES);
        await().until(() -> value("contact_lost_seconds", SERVICES).orElseThrow() > 0);
        assertThat(value("contact_lost_seconds", SLICES)).hasValue(0);
        api.unreachable(false);
        await().until(() -> value("reconnects_total", SERVICES).orElseThrow() == 1);
        await().until(() -> value("contact_lost_seconds", SERVICES).orElseThrow() == 0);
        assertThat(value("lists_total", SERVICES)).hasValue(1);
    }

    @Test
    void skippedObjectsAreCountedAndTheFirstIsTold() {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        Logger logger = Logger.getLogger("dev.waypost.kubernetes");
        Handler lines = new Lines(warnings);
        logger.addHandler(lines);
        try {
            api.put(SERVICES, "a", ScriptedApiServer.object("shop", "not a label", ""));
            api.put(SERVICES, "b", ScriptedApiServer.object("shop", "-", ""));
            api.putService("shop", "ports", "{\"clusterIP\":\"192.0.2.31\",\"ports\":[{\"port\":-1}]}");
            cluster.startAndWait();
            assertThat(value("objects_skipped_total", SERVICES)).hasValue(2);
            assertThat(value("parts_left_out_total", SERVICES)).hasValue(1);
            assertThat(value("objects_skipped_total", SLICES)).hasValue(0);
            assertThat(warnings)
                    .filteredOn(line -> line.contains("one of the services"))
                    .singleElement()
                    .asString()
                    .contains("services", "shop/not a label at $.items[", "wants a DNS label");
        } finally {
            logger.removeHandler(lines);
        }
    }

    @Test
    void timeFromTheLastOctetOfAChangeToItsAnswerIsMeasured() {
        cluster.startAndWait();
        api.putService("shop", "first", "{\"clusterIP\":\"192.0.2.11\"}");
        api.putService("shop", "second", "{\"clusterIP\":\"192.0.2.12\"}");
        cluster.answers("second.shop.svc.cluster.local. A = 192.0.2.12");
        await().untilAsserted(() -> assertThat(visible(SERVICES)).isEqualTo(2));
        assertThat(visible(SLICES)).isZero();
    }

    private long visible(String resource) {
        List<Metric> metrics = new ArrayList<>();
        cluster.backend().collect(metrics::add);
        return metrics.stream()
                .filter(metric -> metric.name().equals("waypost_kubernetes_event_visible_seconds")
                        && resource.equals(metric.labels().get("resource")))
                .flatMap(metric -> ((Metric.Distribution) metric).counts().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Collects warnings. */
    private static final class Lines extends Handler {
        private final List<String> warnings;

        Lines(List<String> warnings) {
            this.warnings = warnings;
            setLevel(Level.WARNING);
        }

        @Override
        public void publish(LogRecord line) {
            if (isLoggable(line)) {
                warnings.add(line.getMessage());
            }
        }

        @Override
        public void flush() {
            // holds nothing
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
