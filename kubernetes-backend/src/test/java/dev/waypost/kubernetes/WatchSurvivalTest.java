package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ApiStream;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Nothing that a server sends or a program throws ends a watch")
class WatchSurvivalTest {
    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static List<String> watchThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("waypost-watch-" + SERVICES))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000000000", "86400"})
    void endlessRetryAfterHoldsTheWatchAndDoesNotEndIt(String seconds) {
        api.nextList(SERVICES, stream -> stream.reply(429, Map.of("Retry-After", seconds), "{}"));
        cluster.backend().start();
        await().until(() -> !cluster.report(SERVICES).lastError().isEmpty());
        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(watchThreads()).hasSize(1));
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    void negativeRetryAfterPausesAsWithoutIt() {
        for (int i = 0; i < 8; i++) {
            api.nextList(SERVICES, stream -> stream.reply(429, Map.of("Retry-After", "-5"), "{}"));
        }
        long began = System.nanoTime();
        cluster.startAndWait();
        // QUICK pauses 5 ms at least, then 10, and 20 for each of the other six.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(135));
    }

    @Test
    void errorThrownWhileAFailureIsToldIsOutlived() {
        Logger logger = Logger.getLogger("dev.waypost.kubernetes");
        Handler broken = new Throwing();
        broken.setLevel(Level.WARNING);
        logger.addHandler(broken);
        try {
            api.nextList(SERVICES, stream -> stream.refuse(500, "etcd is away"));
            cluster.startAndWait();
            cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.10");
        } finally {
            logger.removeHandler(broken);
        }
    }

    @Test
    @DisplayName("threads are daemons, named, and one an open watch")
    void threadsAreFewNamedDaemons() {
        cluster.startAndWait();
        // the threads of a test before this one may be ending
        await().untilAsserted(() -> {
            List<Thread> ours = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("waypost-"))
                    .toList();
            assertThat(ours).hasSize(3).allMatch(Thread::isDaemon);
            assertThat(ours)
                    .extracting(Thread::getName)
                    .containsExactlyInAnyOrder(
                            "waypost-watch-namespaces", "waypost-watch-services", "waypost-watch-endpointslices");
        });
    }

    @Test
    void closeEndsAListUnderWayAndAPauseWithinASecond() {
        api.nextList(SERVICES, ApiStream::begin); // and nothing after it
        api.nextList("namespaces", stream -> stream.reply(429, Map.of("Retry-After", "300"), "{}"));
        cluster.backend().start();
        await().until(() -> api.requests(SERVICES, false).size() == 1
                && !cluster.report("namespaces").lastError().isEmpty());
        cluster.backend().close();
        await().until(() -> watchThreads().isEmpty());
    }

    @Test
    @DisplayName("an exception in one event loses neither the events behind it nor those of other kinds")
    void exceptionInOneEventLosesNothingElse() {
        cluster.startAndWait();
        // Deeper than any reader goes: thrown out of the middle of the stream, whatever it is.
        api.send(SERVICES, "{\"type\":\"ADDED\",\"object\":{\"spec\":" + "[".repeat(100_000));
        api.putService("shop", "behind", "{\"clusterIP\":\"192.0.2.11\"}");
        api.putSlice("shop", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.2"));
        cluster.answers("""
                behind.shop.svc.cluster.local. A = 192.0.2.11
                web.shop.svc.cluster.local. A = 192.0.2.10
                orders.shop.svc.cluster.local. A = 198.51.100.2
                """);
        await().untilAsserted(
                        () -> assertThat(watchThreads()).hasSize(1)); // that of a test before this one may be ending
    }

    /** A log that cannot be written to. */
    private static final class Throwing extends Handler {
        @Override
        public void publish(LogRecord line) {
            if (!isLoggable(line)) {
                return;
            }
            throw new AssertionError("the log is broken");
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
