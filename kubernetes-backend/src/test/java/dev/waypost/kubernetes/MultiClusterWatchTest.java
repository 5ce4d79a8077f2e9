package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ApiRequest;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Imported services as the API server tells of them. */
class MultiClusterWatchTest {
    private static final String IMPORTS = "serviceimports";
    private static final String SLICES = "imported-endpointslices";

    private final ScriptedApiServer api = ScriptedApiServer.start();
    private final KubernetesBackend backend = options().build();

    private KubernetesBackendBuilder options() {
        return KubernetesBackend.api(api.url())
                .zones("cluster.local", "clusterset.local")
                .multicluster("clusterset.local")
                .labels("tier in (front, back)")
                .timings(WatchedCluster.QUICK);
    }

    MultiClusterWatchTest() {
        api.putNamespace("shop");
        putImport("web", "{\"type\":\"ClusterSetIP\",\"ips\":[\"192.0.2.40\"]}");
        putImport("orders", "{\"type\":\"Headless\"}");
        putSlice("198.51.100.1");
    }

    @AfterEach
    void close() {
        backend.close();
        api.close();
    }

    private void putImport(String name, String spec) {
        api.put(IMPORTS, "shop/" + name, ScriptedApiServer.object("shop", name, ",\"spec\":" + spec));
    }

    private void putSlice(String address) {
        api.put(
                SLICES,
                "shop/orders-east",
                ScriptedApiServer.slice("shop", "orders-east", "unused", WatchedCluster.endpoints(address))
                        .replace(
                                "\"kubernetes.io/service-name\":\"unused\"",
                                "\"multicluster.kubernetes.io/service-name\":\"orders\","
                                        + "\"multicluster.kubernetes.io/source-cluster\":\"east\""));
    }

    private void answers(String transcript) {
        await().untilAsserted(() -> Transcript.check(backend, transcript));
    }

    @Test
    void importsAndTheirSlicesAreWatched() {
        backend.start();
        await().until(() -> backend.readiness().ready());
        answers("""
                web.shop.svc.clusterset.local. A = 192.0.2.40
                198-51-100-1.east.orders.shop.svc.clusterset.local. A = 198.51.100.1
                web.shop.svc.cluster.local. A = NXDOMAIN
                """);
        putImport("web", "{\"type\":\"ClusterSetIP\",\"ips\":[\"192.0.2.41\"]}");
        putSlice("198.51.100.2");
        answers("""
                web.shop.svc.clusterset.local. A = 192.0.2.41
                198-51-100-2.east.orders.shop.svc.clusterset.local. A = 198.51.100.2
                198-51-100-1.east.orders.shop.svc.clusterset.local. A = NXDOMAIN
                """);
        api.remove("namespaces", "", "shop");
        answers("web.shop.svc.clusterset.local. A = NXDOMAIN");
    }

    @Test
    void onlyThoseObjectsAreAskedFor() {
        backend.start();
        await().until(() -> api.watchers(SLICES) == 1 && api.watchers(IMPORTS) == 1);
        ApiRequest slices = api.requests(SLICES, false).get(0);
        assertThat(slices.query())
                .containsEntry("labelSelector", "multicluster.kubernetes.io/service-name,tier in (front, back)");
        assertThat(api.requests(IMPORTS, false).get(0).query()).containsEntry("labelSelector", "tier in (front, back)");
        assertThat(backend.watches())
                .extracting(WatchReport::resource)
                .containsExactlyInAnyOrder(
                        "namespaces", "services", "endpointslices", "serviceimports", "imported-endpointslices");
    }

    @Test
    void importIsNotDeniedBeforeAllOfThemAreKnown() {
        api.nextList(SLICES, stream -> {}); // never answered
        backend.start();
        answers("web.shop.svc.clusterset.local. A = 192.0.2.40");
        Transcript.check(backend, """
                orders.shop.svc.clusterset.local. A = NOT READY
                missing.shop.svc.clusterset.local. A = NOT READY
                """);
        answers("missing.shop.svc.cluster.local. A = NXDOMAIN");
        assertThat(backend.readiness().ready()).isFalse();
        assertThat(backend.readiness().reason()).contains(SLICES);
    }

    @Test
    void nothingOfThemIsWatchedUnlessAskedFor() {
        try (KubernetesBackend plain =
                KubernetesBackend.api(api.url()).timings(WatchedCluster.QUICK).build()) {
            plain.start();
            await().until(() -> plain.readiness().ready());
            assertThat(api.requests(IMPORTS, false)).isEmpty();
            assertThat(api.requests(SLICES, false)).isEmpty();
        }
        try (KubernetesBackend withoutEndpoints = options().withoutEndpoints().build()) {
            withoutEndpoints.start();
            await().until(() -> withoutEndpoints.readiness().ready());
            assertThat(api.requests(IMPORTS, false)).hasSize(1);
            assertThat(api.requests(SLICES, false)).isEmpty();
        }
    }

    @Test
    void importThatCannotBeUsedIsPassedOverAndCounted() {
        putImport("odd", "{\"type\":\"Other\",\"ips\":null}");
        putImport(
                "late",
                "{\"type\":\"ClusterSetIP\",\"ips\":[\"web.example\",\"192.0.2.42\"],\"ports\":[{\"port\":-1}]}");
        api.put(
                SLICES,
                "shop/homeless",
                ScriptedApiServer.slice("shop", "homeless", "x", "[]")
                        .replace("\"kubernetes.io/service-name\"", "\"multicluster.kubernetes.io/service-name\""));
        backend.start();
        answers("""
                late.shop.svc.clusterset.local. A = 192.0.2.42
                odd.shop.svc.clusterset.local. A = NXDOMAIN
                web.shop.svc.clusterset.local. A = 192.0.2.40
                """);
        assertThat(report(IMPORTS).objectsSkipped()).isEqualTo(1);
        assertThat(report(IMPORTS).partsLeftOut()).isEqualTo(2);
        assertThat(report(SLICES).objectsSkipped()).isEqualTo(1);
    }

    private WatchReport report(String resource) {
        return backend.watches().stream()
                .filter(report -> report.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }
}
