package dev.waypost.socket;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page for probes and scrapers, served over HTTP next to an engine. Attach it to an {@link
 * dev.waypost.engine.EnginePlan}; a {@link DnsServer} finds it there.
 *
 * <p>Endpoints of one address share its server, across reloads too.
 */
public final class HttpEndpoint {
    /** Makes a reply from what the server lets it see; must not block. */
    @FunctionalInterface
    interface Page {
        HttpReply reply(Served served);
    }

    private final HttpAddress address;
    private final String path;
    private final Page page;
    private final Duration lameduck;

    private volatile @Nullable URI uri;

    private HttpEndpoint(HttpAddress address, String path, Page page, Duration lameduck) {
        this.address = address;
        this.path = path;
        this.page = page;
        this.lameduck = lameduck;
    }

    /**
     * {@code /health}: 200 as long as the server lives.
     *
     * @param address {@code :8080}, {@code localhost:8080}, {@code [::1]:0}
     * @param lameduck how long a stopping server goes on answering, DNS and this page, so that clients can turn away
     * @throws IllegalArgumentException for an address that cannot be read
     */
    public static HttpEndpoint health(String address, Duration lameduck) {
        return new HttpEndpoint(HttpAddress.parse(address), "/health", served -> HttpReply.text(200, "OK"), lameduck);
    }

    /**
     * {@code /ready}: 200 once every part of the engine was ready, 503 with the names of the others before.
     *
     * @param address {@code :8181}, {@code localhost:8181}, {@code [::1]:0}
     * @param continuously whether a part that was ready once is asked again
     * @throws IllegalArgumentException for an address that cannot be read
     */
    public static HttpEndpoint ready(String address, boolean continuously) {
        return new HttpEndpoint(HttpAddress.parse(address), "/ready", new ReadyPage(continuously), Duration.ZERO);
    }

    /**
     * {@code /metrics}: every measurement in Prometheus's text format, version 0.0.4.
     *
     * @param address {@code localhost:9153}, {@code :9153}, {@code [::1]:0}
     * @throws IllegalArgumentException for an address that cannot be read
     */
    public static HttpEndpoint metrics(String address) {
        return new HttpEndpoint(HttpAddress.parse(address), "/metrics", new MetricsPage(), Duration.ZERO);
    }

    HttpAddress address() {
        return address;
    }

    String path() {
        return path;
    }

    Page page() {
        return page;
    }

    Duration lameduck() {
        return lameduck;
    }

    /** Where this machine finds it; empty while no server serves it. */
    Optional<URI> uri() {
        return Optional.ofNullable(uri);
    }

    /** A server serves it here. */
    void servedAt(URI place) {
        uri = place;
    }
}
