package dev.waypost.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.waypost.Staleness;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.kubernetes.watch.WatchTimings;
import dev.waypost.testing.Patience;
import dev.waypost.testing.Zones;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A backend on a scripted API server with the namespace {@code shop}; it pauses for milliseconds only. */
final class WatchedCluster implements AutoCloseable {
    static final String SERVICES = "services";
    static final String SLICES = "endpointslices";
    static final WatchTimings QUICK = withSilence(Patience.LIMIT);

    private final ScriptedApiServer api = ScriptedApiServer.start();
    private final KubernetesBackend backend;

    WatchedCluster(WatchTimings timings) {
        this(timings, builder -> builder);
    }

    /** A backend with options of its own. */
    WatchedCluster(WatchTimings timings, UnaryOperator<KubernetesBackendBuilder> options) {
        api.putNamespace("shop");
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\"}");
        api.putService("shop", "orders", "{\"clusterIP\":\"None\"}");
        api.putSlice("shop", "orders-1", "orders", endpoints("198.51.100.1"));
        backend = options.apply(KubernetesBackend.api(api.url())
                        .zones("cluster.local", "in-addr.arpa")
                        .timings(timings))
                .build();
    }

    /** Short pauses, and a watch that is given up after so long a silence. */
    static WatchTimings withSilence(Duration silence) {
        return quick(Patience.LIMIT, silence);
    }

    /** Short pauses, and a list that is given up after so long a silence. */
    static WatchTimings withListSilence(Duration silence) {
        return quick(silence, Patience.LIMIT);
    }

    private static WatchTimings quick(Duration listSilence, Duration watchSilence) {
        return new WatchTimings(
                Patience.LIMIT,
                listSilence,
                watchSilence,
                Duration.ofMinutes(5),
                Duration.ofMillis(10),
                Duration.ofMillis(40));
    }

    /** Endpoints as an EndpointSlice lists them. */
    static String endpoints(String... addresses) {
        return "[{\"addresses\":[\"" + String.join("\"]},{\"addresses\":[\"", addresses) + "\"]}]";
    }

    ScriptedApiServer api() {
        return api;
    }

    KubernetesBackend backend() {
        return backend;
    }

    /**
     * Returns when every watch is open and the backend knows it, so that what a test does next comes as an event or as a
     * cut, and what is measured of a watch does not move any more.
     */
    void startAndWait() {
        backend.start();
        await().until(() -> backend.readiness().ready());
        await().until(() -> isOpen(SERVICES) && isOpen(SLICES) && isOpen("namespaces"));
    }

    private boolean isOpen(String resource) {
        WatchReport report = report(resource);
        return api.watchers(resource) == 1
                && report.watches() > 0
                && report.lastError().isEmpty();
    }

    /** Waits until the questions have these answers. */
    void answers(String transcript) {
        await().untilAsserted(() -> Transcript.check(backend, transcript));
    }

    /** How answers about a name of the cluster's zone stand. */
    Staleness staleness(String name) {
        return backend.zones().get(0).standing(Zones.name(name)).staleness();
    }

    WatchReport report(String resource) {
        return backend.watches().stream()
                .filter(report -> report.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        backend.close();
        api.close();
    }
}
