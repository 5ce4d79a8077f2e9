package dev.waypost.socket;

import dev.waypost.Histogram;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** How quickly {@code /health} answers, asked from within: an overloaded machine shows here first. */
final class HealthMetrics implements MetricSource {
    /** How often CoreDNS asks itself. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Histogram duration = Histogram.exponential(0.00025, 10, 5);
    private final LongAdder failures = new LongAdder();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final Duration timeout;

    HealthMetrics() {
        this(TIMEOUT);
    }

    /**
     * Measures.
     *
     * @param timeout for the connection, and again for the reply
     */
    HealthMetrics(Duration timeout) {
        this.timeout = timeout;
    }

    /** Asks once on a thread of its own, unless it still asks: the caller is the engine's only timer. */
    void probeAside(URI uri) {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread thread = new Thread(() -> probe(uri), "waypost-health");
            thread.setDaemon(true);
            thread.start();
        } catch (RuntimeException | Error noThread) {
            asking.set(false);
            throw noThread;
        }
    }

    /** Asks once and counts how it went; takes twice the timeout at most. */
    private void probe(URI uri) {
        long began = System.nanoTime();
        try {
            ask(uri);
            duration.observe((System.nanoTime() - began) / NANOS_PER_SECOND);
        } catch (IOException unanswered) {
            failures.increment();
        } finally {
            asking.set(false);
        }
    }

    private void ask(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        // A connection kept alive would keep a thread of the JDK alive with it.
        connection.setRequestProperty("Connection", "close");
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        } finally {
            connection.disconnect();
        }
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(duration.distribution(
                "coredns_health_request_duration_seconds", "Seconds that /health took to answer.", Map.of()));
        sink.accept(new Metric.Counter(
                "coredns_health_request_failures_total",
                "How often /health did not answer.",
                Map.of(),
                failures.sum()));
    }
}
