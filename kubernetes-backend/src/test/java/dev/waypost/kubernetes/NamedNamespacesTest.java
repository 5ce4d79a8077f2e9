package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Staleness;
import dev.waypost.kubernetes.testing.ApiRequest;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Named namespaces are listed and watched one by one, and nothing else is")
class NamedNamespacesTest {
    private final WatchedCluster cluster =
            new WatchedCluster(WatchedCluster.QUICK, options -> options.namespaces("shop", "billing"));
    private final ScriptedApiServer api = cluster.api();

    @BeforeEach
    void fill() {
        api.putNamespace("billing");
        api.putNamespace("secret");
        api.putService("billing", "invoices", "{\"clusterIP\":\"192.0.2.20\"}");
        api.putService("secret", "plans", "{\"clusterIP\":\"192.0.2.30\"}");
        api.putSlice("billing", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.9"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void start() {
        cluster.backend().start();
        await().until(() -> cluster.backend().readiness().ready());
        await().until(() -> api.watchers(SERVICES) == 2 && api.watchers(SLICES) == 2);
    }

    private Stream<ApiRequest> requests(String namespace) {
        return api.requests().stream().filter(request -> request.namespace().equals(namespace));
    }

    @Test
    void onlyTheirServicesAndSlicesAreAskedFor() {
        start();
        assertThat(api.requests()).extracting(ApiRequest::resource).containsOnly(SERVICES, SLICES);
        assertThat(api.requests()).extracting(ApiRequest::namespace).containsOnly("shop", "billing");
        assertThat(cluster.backend().watches())
                .extracting(watch -> watch.resource() + " " + watch.namespace())
                .containsExactlyInAnyOrder(
                        "services shop", "services billing", "endpointslices shop", "endpointslices billing");
    }

    @Test
    void eachAnswersItsOwnNames() {
        start();
        cluster.answers("""
                web.shop.svc.cluster.local. A = 192.0.2.10
                invoices.billing.svc.cluster.local. A = 192.0.2.20
                orders.shop.svc.cluster.local. A = 198.51.100.1
                orders.billing.svc.cluster.local. A = NXDOMAIN
                shop.svc.cluster.local. A = NODATA
                secret.svc.cluster.local. A = NXDOMAIN
                plans.secret.svc.cluster.local. A = NXDOMAIN
                """);
        api.putService("billing", "web", "{\"clusterIP\":\"192.0.2.21\"}");
        cluster.answers("""
                web.billing.svc.cluster.local. A = 192.0.2.21
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
    }

    @Test
    void newListOfOneLeavesTheOthersAlone() throws IOException {
        start();
        api.removeSilently(SERVICES, "billing", "invoices");
        api.forgetHistory(SERVICES, false);
        api.cut(SERVICES);
        cluster.answers("""
                invoices.billing.svc.cluster.local. A = NXDOMAIN
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
    }

    @Test
    @DisplayName("403 in one namespace is told with verb, resource and namespace, and harms no other")
    void refusalInOneHarmsNoOther() {
        api.forbid(SERVICES, "billing");
        cluster.backend().start();
        await().until(() -> cluster.backend().readiness().ready());
        cluster.answers("""
                web.shop.svc.cluster.local. A = 192.0.2.10
                missing.shop.svc.cluster.local. A = NXDOMAIN
                invoices.billing.svc.cluster.local. A = NOT READY
                10.2.0.192.in-addr.arpa. PTR = web.shop.svc.cluster.local.
                20.2.0.192.in-addr.arpa. PTR = NOT READY
                """);
        assertThat(cluster.backend().watches())
                .filteredOn(WatchReport::forbidden)
                .singleElement()
                .satisfies(watch -> assertThat(watch.lastError())
                        .contains("403")
                        .endsWith("the account wants the verbs list and watch on services in the namespace billing"));
        assertThat(cluster.staleness("web.shop.svc.cluster.local")).isEqualTo(Staleness.FRESH);
        api.allow(SERVICES, "billing");
        cluster.answers("invoices.billing.svc.cluster.local. A = 192.0.2.20");
    }

    @Test
    void refusalInAllIsNotReady() {
        api.forbid(SERVICES, "billing");
        api.forbid(SERVICES, "shop");
        api.forbid(SLICES, "billing");
        api.forbid(SLICES, "shop");
        cluster.backend().start();
        await().until(() -> cluster.backend().watches().stream().allMatch(WatchReport::forbidden));
        assertThat(cluster.backend().readiness().reason())
                .startsWith("the first list of services, endpointslices in billing, shop is not complete: cannot ");
    }

    @Test
    void outageInOneIsNoStalenessInTheOthers() throws IOException {
        start();
        api.forbid(SERVICES, "billing"); // taken away while it is watched
        api.cut(SERVICES);
        await().until(() -> cluster.staleness("invoices.billing.svc.cluster.local") instanceof Staleness.Stale);
        assertThat(cluster.staleness("web.shop.svc.cluster.local")).isEqualTo(Staleness.FRESH);
        assertThat(cluster.staleness("svc.cluster.local")).isInstanceOf(Staleness.Stale.class);
        assertThat(requests("billing")).isNotEmpty();
    }

    @Test
    @DisplayName("and for names from outside the cluster: the service's namespace counts, for addresses all of them")
    void outageInOneIsNoStalenessOutsideEither() throws IOException {
        ExternalZones external = cluster.backend()
                .external("example.org", "113.0.203.in-addr.arpa")
                .build();
        start();
        api.forbid(SERVICES, "billing");
        api.cut(SERVICES);
        await().until(() -> outside(external, 0, "invoices.billing.example.org") instanceof Staleness.Stale);
        assertThat(outside(external, 0, "web.shop.example.org")).isEqualTo(Staleness.FRESH);
        assertThat(outside(external, 0, "shop.example.org")).isEqualTo(Staleness.FRESH);
        assertThat(outside(external, 0, "example.org")).isInstanceOf(Staleness.Stale.class);
        assertThat(outside(external, 0, "ns1.dns.example.org")).isInstanceOf(Staleness.Stale.class);
        assertThat(outside(external, 1, "1.113.0.203.in-addr.arpa")).isInstanceOf(Staleness.Stale.class);
    }

    private static Staleness outside(ExternalZones external, int zone, String name) {
        return external.zones().get(zone).standing(Zones.name(name)).staleness();
    }
}
