package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.Query;
import dev.waypost.Staleness;
import dev.waypost.Ticker;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("What is watched and what is answered")
class WatchedObjectsTest {
    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();
    private final KubernetesBackend backend = cluster.backend();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    @DisplayName("75, 79: an unreachable API is SERVFAIL, never NXDOMAIN, and recovers by itself")
    void unreachableApiIsNotReadyAndRecovers() {
        api.unreachable(true);
        try (DnsEngine engine = DnsEngine.builder().backend(backend).build().start()) {
            await().until(() -> !cluster.report(SERVICES).lastError().isEmpty());
            Transcript.check(backend, """
                    web.shop.svc.cluster.local. A = NOT READY
                    shop.svc.cluster.local. A = NOT READY
                    10.2.0.192.in-addr.arpa. PTR = NOT READY
                    2.0.192.in-addr.arpa. PTR = NOT READY
                    svc.cluster.local. A = NODATA
                    dns-version.cluster.local. TXT = 1.1.0
                    """);
            assertThat(engine.resolve(Query.of(Zones.name("web.shop.svc.cluster.local"), Type.A)))
                    .hasRcode(2)
                    .hasExtendedError(14);
            assertThat(backend.readiness().reason()).contains(SERVICES, "cannot ");
            api.unreachable(false);
            cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.10");
        }
    }

    @Test
    void clientsHearWhatIsWaitedForAndNothingOfTheTrouble() {
        api.unreachable(true);
        backend.start();
        await().until(() -> backend.readiness().reason().contains("cannot"));
        Finding waiting = Transcript.find(backend, Zones.name("web.shop.svc.cluster.local"), Type.A);
        assertThat(waiting)
                .isEqualTo(
                        new Finding.NotReady("the first list of namespaces, services, endpointslices is not complete"));
    }

    @Test
    @DisplayName("an event whose object cannot be used takes the old state away, as a list would")
    void unusableChangeRemovesTheOldState() {
        cluster.startAndWait();
        api.putService("shop", "web", "{\"clusterIP\":5}");
        cluster.answers("web.shop.svc.cluster.local. A = NXDOMAIN");
        assertThat(cluster.report(SERVICES).objectsSkipped()).isEqualTo(1);
        assertThat(cluster.report(SERVICES).lastSkipped()).startsWith("shop/web at ");
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.12\"}");
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.12");
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    @DisplayName("79: what waits for slices is not denied while they are not there")
    void lateSlicesAreNotDenied() {
        api.nextList(SLICES, stream -> {}); // never answered
        backend.start();
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.10");
        Transcript.check(backend, """
                orders.shop.svc.cluster.local. A = NOT READY
                x.web.shop.svc.cluster.local. A = NOT READY
                web.shop.svc.cluster.local. AAAA = NODATA
                """);
        assertThat(backend.readiness().ready()).isFalse();
    }

    @Test
    @DisplayName("74: a lost API is told as staleness, and the last state is answered")
    void lostApiIsStale() throws IOException {
        cluster.startAndWait();
        api.unreachable(true);
        api.reset(SERVICES);
        await().until(() -> cluster.staleness("web.shop.svc.cluster.local") instanceof Staleness.Stale);
        assertThat(cluster.staleness("web.shop.svc.cluster.local").age(Ticker.SYSTEM.nanoTime()))
                .isPositive();
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
        assertThat(backend.readiness().ready()).isTrue();
        assertThat(cluster.report(SERVICES).lost()).isPresent();
        api.unreachable(false);
        await().until(() -> cluster.staleness("web.shop.svc.cluster.local").equals(Staleness.FRESH));
    }

    @Test
    @DisplayName("77: hostile objects are skipped one by one and counted")
    void hostileObjectsAreSkipped() {
        api.put(SERVICES, "a", "null");
        api.put(SERVICES, "b", "\"text\"");
        api.put(SERVICES, "c", "{\"metadata\":[1,2,{\"name\":3}]}");
        api.put(SERVICES, "d", ScriptedApiServer.object("shop", "not a label", ""));
        api.put(SERVICES, "e", ScriptedApiServer.object("shop", "x".repeat(64), ""));
        api.putService(
                "shop", "nulls", "{\"clusterIP\":\"192.0.2.30\",\"clusterIPs\":null,\"ports\":null,\"selector\":null}");
        api.putService(
                "shop",
                "ports",
                "{\"clusterIP\":\"192.0.2.31\",\"ports\":[{\"port\":-1},{\"name\":\"a\",\"port\":80}]}");
        api.put(SLICES, "f", ScriptedApiServer.slice("shop", "f", "nulls", "null"));
        api.put(
                SLICES,
                "g",
                ScriptedApiServer.slice("shop", "g", "nulls", "[null,{\"addresses\":[\"not-an-address.example\"]}]"));
        cluster.startAndWait();
        cluster.answers("""
                nulls.shop.svc.cluster.local. A = 192.0.2.30
                ports.shop.svc.cluster.local. SRV = 0 100 80 ports.shop.svc.cluster.local. + ports.shop.svc.cluster.local. A 192.0.2.31
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
        assertThat(cluster.report(SERVICES).objectsSkipped()).isEqualTo(5);
        assertThat(cluster.report(SERVICES).partsLeftOut()).isEqualTo(1);
        assertThat(cluster.report(SLICES).partsLeftOut()).isEqualTo(1);
        assertThat(cluster.report(SERVICES).lastSkipped()).startsWith("shop/ports at $.items[");
        api.put(SERVICES, "h", ScriptedApiServer.object("shop", "-", ""));
        api.putService("shop", "marker", "{\"clusterIP\":\"192.0.2.51\"}");
        cluster.answers("marker.shop.svc.cluster.local. A = 192.0.2.51");
        assertThat(cluster.report(SERVICES).objectsSkipped()).isEqualTo(6);
    }

    @Test
    @DisplayName("77: null maps, ports and names that cannot be used, and 1 MiB annotations")
    void hostilePartsAreLeftOut() {
        String annotation = "\"annotations\":{\"note.example\":\"" + "x".repeat(1 << 20) + "\"},";
        api.put(
                SERVICES,
                "shop/noted",
                ScriptedApiServer.object("shop", "noted", ",\"spec\":{\"clusterIP\":\"192.0.2.40\"}")
                        .replace("\"managedFields\"", annotation + "\"managedFields\""));
        api.put(
                SERVICES,
                "i",
                "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"bare\",\"labels\":null},\"spec\":null}");
        api.put(SERVICES, "j", ScriptedApiServer.object("no.label", "web", ""));
        api.put(SERVICES, "k", "{\"metadata\":null}");
        api.putService(
                "shop",
                "worn",
                "{\"clusterIP\":\"192.0.2.41\",\"ports\":[{},{\"port\":-1},{\"port\":65536},{\"name\":\"a b\",\"port\":1},"
                        + "{\"name\":\"ok\",\"port\":80}]}");
        api.putService("shop", "partner", "{\"type\":\"ExternalName\",\"externalName\":\"" + "x".repeat(64) + "\"}");
        api.put(
                SLICES,
                "l",
                ScriptedApiServer.slice(
                        "shop",
                        "l",
                        "orders",
                        "[{\"addresses\":[\"198.51.100.8\"],\"hostname\":\"a_b\"},{\"addresses\":[\"198.51.100.9\"]},{}]"));
        cluster.startAndWait();
        cluster.answers("""
                noted.shop.svc.cluster.local. A = 192.0.2.40
                bare.shop.svc.cluster.local. A = NODATA
                _ok._tcp.worn.shop.svc.cluster.local. A = 192.0.2.41
                partner.shop.svc.cluster.local. CNAME = NXDOMAIN
                orders.shop.svc.cluster.local. A = 198.51.100.1 | 198.51.100.9
                """);
        assertThat(cluster.report(SERVICES).objectsSkipped()).isEqualTo(3);
        assertThat(cluster.report(SERVICES).partsLeftOut()).isEqualTo(3);
        assertThat(cluster.report(SLICES).partsLeftOut()).isEqualTo(1);
    }

    @Test
    @DisplayName("77: 100,000 endpoints in one service")
    void hugeServiceIsAnswered() {
        api.putService("shop", "huge", "{\"clusterIP\":\"None\"}");
        for (int slice = 0; slice < 200; slice++) {
            String[] addresses = new String[500];
            for (int i = 0; i < addresses.length; i++) {
                int number = slice * addresses.length + i;
                addresses[i] =
                        "2001:db8::" + Integer.toHexString(number >> 16) + ":" + Integer.toHexString(number & 0xFFFF);
            }
            api.putSlice("shop", "huge-" + slice, "huge", WatchedCluster.endpoints(addresses));
        }
        cluster.startAndWait();
        Finding all = Transcript.find(backend, Zones.name("huge.shop.svc.cluster.local"), Type.AAAA);
        assertThat(((Finding.Found) all).set().size()).isEqualTo(100_000);
        Transcript.check(backend, """
                2001-db8--1-869f.huge.shop.svc.cluster.local. AAAA = 2001:db8::1:869f
                2001-db8--1-86a0.huge.shop.svc.cluster.local. AAAA = NXDOMAIN
                """);
    }

    @Test
    void timeFromACauseToItsAnswerIsMeasured() {
        cluster.startAndWait();
        String annotated = ScriptedApiServer.slice(
                        "shop", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.7"))
                .replace(
                        "\"labels\"",
                        "\"annotations\":{\"endpoints.kubernetes.io/last-change-trigger-time\":\"2026-11-01T00:00:00Z\"},\"labels\"");
        api.put(SLICES, "shop/orders-1", annotated);
        cluster.answers("orders.shop.svc.cluster.local. A = 198.51.100.7");
        await().untilAsserted(
                        () -> assertThat(counts("headless_without_selector")).isEqualTo(1));
        assertThat(counts("cluster_ip")).isZero();
    }

    private long counts(String serviceKind) {
        List<Metric> metrics = new ArrayList<>();
        backend.collect(metrics::add);
        return metrics.stream()
                .filter(metric -> serviceKind.equals(metric.labels().get("service_kind")))
                .map(Metric.Distribution.class::cast)
                .flatMap(metric -> metric.counts().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    @DisplayName("82: closed within a second, and no thread is left")
    void closeLeavesNoThread() {
        cluster.startAndWait();
        backend.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("waypost-watch")));
    }
}
