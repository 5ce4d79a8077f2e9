package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealthMetricsTest {
    private static double failures(HealthMetrics metrics) {
        List<Metric> all = new ArrayList<>();
        metrics.collect(all::add);
        return all.stream()
                .filter(Metric.Counter.class::isInstance)
                .map(Metric.Counter.class::cast)
                .mapToDouble(Metric.Counter::value)
                .sum();
    }

    @Test
    @DisplayName("a page that is slow to answer does not hold the engine's timer, and is asked once at a time")
    void theCallerDoesNotWaitForThePage() throws Exception {
        HealthMetrics metrics = new HealthMetrics(Duration.ofMillis(200));
        CountDownLatch asked = new CountDownLatch(1);
        // Kept: a socket that the garbage collector closes looks to the client like a reply cut short, and it asks
        // again.
        List<Socket> accepted = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI page = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/health");
            Thread server = new Thread(() -> {
                try {
                    while (true) {
                        accepted.add(silent.accept()); // and says nothing
                        asked.countDown();
                    }
                } catch (IOException closed) {
                    // the test is over
                }
            });
            server.start();
            metrics.probeAside(page);
            asked.await();
            metrics.probeAside(page); // the first is still being asked
            await().until(() -> failures(metrics) > 0);
            StartAndStopTest.assertNoThreadIsLeft();
            assertThat(failures(metrics)).isEqualTo(1);
            assertThat(accepted).hasSize(1);
        }
        for (Socket each : accepted) {
            each.close();
        }
    }

    @Test
    void anAnswerIsNoFailure() throws Exception {
        HealthMetrics metrics = new HealthMetrics(Patience.LIMIT);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            metrics.probeAside(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/health"));
            try (var client = server.accept()) {
                client.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                StartAndStopTest.assertNoThreadIsLeft();
            }
            assertThat(failures(metrics)).isZero();
        }
    }
}
