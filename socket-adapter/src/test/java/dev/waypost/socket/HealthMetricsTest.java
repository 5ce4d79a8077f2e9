package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static URI page(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/health");
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("a page that says nothing is a failure when its time is over, and keeps no thread")
    void silenceIsAFailure() throws Exception {
        HealthMetrics metrics = new HealthMetrics(Duration.ofMillis(200));
        try (ServerSocket silent = listening()) { // the system takes the connection
            metrics.probeAside(page(silent));
            await().until(() -> failures(metrics) > 0);
            StartAndStopTest.assertNoThreadIsLeft();
            assertThat(failures(metrics)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a page that is slow to answer does not hold the engine's timer, and is asked once at a time")
    void theCallerDoesNotWaitForThePage() throws Exception {
        HealthMetrics metrics = new HealthMetrics(Patience.LIMIT);
        try (ServerSocket slow = listening()) {
            metrics.probeAside(page(slow));
            try (Socket client = slow.accept()) {
                metrics.probeAside(page(slow)); // the first is still being asked
                answer(client, "500 Too slow");
                StartAndStopTest.assertNoThreadIsLeft();
            }
            assertThat(failures(metrics)).isEqualTo(1);
            slow.setSoTimeout(1);
            assertThatThrownBy(slow::accept).as("nobody else").isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void anAnswerIsNoFailure() throws Exception {
        HealthMetrics metrics = new HealthMetrics(Patience.LIMIT);
        try (ServerSocket server = listening()) {
            metrics.probeAside(page(server));
            try (Socket client = server.accept()) {
                answer(client, "200 OK");
                StartAndStopTest.assertNoThreadIsLeft();
            }
            assertThat(failures(metrics)).isZero();
        }
    }
}
