package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ApiStream;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.testing.FakeTicker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Bounds for the requests to the API server")
class RequestLimitTest {
    private static final List<String> RESOURCES = List.of("namespaces", "services", "endpointslices");

    private final ScriptedApiServer api = ScriptedApiServer.start();
    private final FakeTicker ticker = new FakeTicker();

    @AfterEach
    void close() {
        api.close();
    }

    private KubernetesBackendBuilder options() {
        return KubernetesBackend.api(api.url()).timings(WatchedCluster.QUICK).ticker(ticker);
    }

    @Test
    void requestsComeAsFastAsTheirRateAllows() {
        try (KubernetesBackend backend = options().requestRate(1, 2).build()) {
            backend.start();
            await().until(() -> api.requests().size() == 2);
            for (int sent = 3; sent <= 6; sent++) {
                ticker.advance(Duration.ofSeconds(1));
                int expected = sent;
                await().until(() -> api.requests().size() >= expected);
                assertThat(api.requests()).hasSize(expected); // time stands still, so there can be no other one
            }
            List<Metric> metrics = new ArrayList<>();
            backend.collect(metrics::add);
            assertThat(metrics)
                    .filteredOn(metric ->
                            metric.name().equals("coredns_kubernetes_rest_client_rate_limiter_duration_seconds"))
                    .singleElement()
                    .satisfies(metric -> assertThat(metric.labels())
                            .containsEntry("verb", "GET")
                            .containsEntry("host", "127.0.0.1"));
        }
    }

    @Test
    void onlySoManyRequestsWaitForTheirResponseAtOneTime() {
        CountDownLatch answer = new CountDownLatch(1);
        api.streamsLists(true);
        for (String resource : RESOURCES) {
            api.nextStream(resource, stream -> refuse(stream, answer));
        }
        try (KubernetesBackend backend = options().requestsInFlight(2).build()) {
            backend.start();
            await().until(() -> api.requests().size() == 2);
            assertThat(api.requests()).hasSize(2); // the third one has its turn only when one of them is answered
            answer.countDown();
            await().until(() -> backend.readiness().ready());
            await().until(() -> RESOURCES.stream().allMatch(resource -> api.watchers(resource) == 1));
        }
    }

    private static void refuse(ApiStream stream, CountDownLatch answer) throws IOException {
        try {
            answer.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        stream.refuse(503, "later");
    }

    @Test
    void requestThatWaitsForItsTurnIsGivenUpAtTheEnd() {
        KubernetesBackend backend = options().requestRate(0.001, 1).build();
        backend.start();
        await().until(() -> api.requests().size() == 1);
        backend.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("waypost-watch")));
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void zeroBoundsNothing() {
        try (KubernetesBackend backend =
                options().requestRate(0, 0).requestsInFlight(0).build()) {
            backend.start();
            await().until(() -> backend.readiness().ready());
        }
    }

    @Test
    void corefileTellsThem() {
        String corefile = ".:1053 {\n kubernetes cluster.local {\n  endpoint " + api.url()
                + "\n  apiserver_qps 0.5\n  apiserver_burst 30\n  apiserver_max_inflight 1\n }\n}\n";
        try (DnsEngine engine = DnsEngine.of(CorefilePlanner.installed().plan(corefile, "Corefile", Path.of(".")))
                .start()) {
            await().until(() -> engine.awaitReady(Duration.ofMillis(100)));
        }
    }

    @Test
    void boundsWithoutAnApiAreRefused() {
        assertThatThrownBy(
                        () -> KubernetesBackend.inMemory().requestsInFlight(3).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "kubernetes backend: 'apiserver_max_inflight' wants a cluster behind an API, found inMemory()");
        assertThatThrownBy(() -> options().requestRate(-1, 0))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: 'apiserver_qps' wants a number from 0 on, found -1.0");
    }
}
