package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Staleness;
import dev.waypost.kubernetes.testing.ApiStream;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("Lists and watches")
class WatchTest {
    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();
    private final KubernetesBackend backend = cluster.backend();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void firstListIsAnswered() {
        cluster.startAndWait();
        Transcript.check(backend, """
                web.shop.svc.cluster.local. A = 192.0.2.10
                orders.shop.svc.cluster.local. A = 198.51.100.1
                1.100.51.198.in-addr.arpa. PTR = 198-51-100-1.orders.shop.svc.cluster.local.
                missing.shop.svc.cluster.local. A = NXDOMAIN
                """);
        assertThat(backend.zones().get(0).staleness()).isEqualTo(Staleness.FRESH);
    }

    @Test
    void pushedChangeIsInTheNextAnswer() {
        cluster.startAndWait();
        Finding before = Transcript.find(backend, Zones.name("orders.shop.svc.cluster.local"), Type.A);
        api.putSlice("shop", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.1", "198.51.100.2"));
        cluster.answers("orders.shop.svc.cluster.local. A = 198.51.100.1 | 198.51.100.2");
        assertThat(before).holdsNoMore();
        api.remove(SERVICES, "shop", "orders");
        cluster.answers("orders.shop.svc.cluster.local. A = NXDOMAIN");
        assertThat(api.requests(SLICES, false)).hasSize(1);
    }

    @Test
    void watchGoesOnFromTheLastVersionAfterACleanEnd() throws IOException {
        cluster.startAndWait();
        api.bookmark(SERVICES);
        api.putService("shop", "first", "{\"clusterIP\":\"192.0.2.11\"}");
        cluster.answers("first.shop.svc.cluster.local. A = 192.0.2.11");
        api.cut(SERVICES);
        api.putService("shop", "second", "{\"clusterIP\":\"192.0.2.12\"}");
        cluster.answers("second.shop.svc.cluster.local. A = 192.0.2.12");
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    @DisplayName("66: a cut in the middle of an object applies nothing of it, and the watch is resumed")
    void cutInsideAnObjectIsResumed() throws IOException {
        cluster.startAndWait();
        api.send(SERVICES, "{\"type\":\"DELETED\",\"object\":{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\"");
        api.reset(SERVICES);
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        cluster.answers("""
                next.shop.svc.cluster.local. A = 192.0.2.11
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    @DisplayName("66: a silent connection is noticed by time")
    void silentWatchIsNoticed() {
        try (WatchedCluster quiet = new WatchedCluster(WatchedCluster.withSilence(Duration.ofMillis(50)))) {
            quiet.api().nextWatch(SERVICES, ApiStream::begin);
            quiet.backend().start();
            await().until(() -> quiet.api().requests(SERVICES, true).size() > 1);
            quiet.api().putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
            quiet.answers("next.shop.svc.cluster.local. A = 192.0.2.11");
        }
    }

    @Test
    @DisplayName("67: 410 as a status leads to a new list")
    void goneAsStatusListsAgain() throws IOException {
        goneListsAgain(false);
    }

    @Test
    @DisplayName("67: 410 as an event leads to a new list")
    void goneAsEventListsAgain() throws IOException {
        goneListsAgain(true);
    }

    private void goneListsAgain(boolean asEvent) throws IOException {
        cluster.startAndWait();
        api.removeSilently(SERVICES, "shop", "orders");
        api.putSilently(
                SERVICES,
                "shop/web",
                ScriptedApiServer.object("shop", "web", ",\"spec\":{\"clusterIP\":\"192.0.2.99\"}"));
        api.forgetHistory(SERVICES, asEvent);
        api.cut(SERVICES);
        cluster.answers("""
                web.shop.svc.cluster.local. A = 192.0.2.99
                orders.shop.svc.cluster.local. A = NXDOMAIN
                """);
        assertThat(api.requests(SERVICES, false)).hasSize(2);
    }

    @Test
    @DisplayName("69: names stay while a new list is under way and fails")
    void oldObjectsStayDuringARelist() throws IOException {
        cluster.startAndWait();
        api.nextList(SERVICES, stream -> stream.refuse(500, "etcd is away"));
        AtomicReference<ApiStream> halfDone = new AtomicReference<>();
        api.nextList(SERVICES, stream -> {
            stream.begin();
            stream.chunk("{\"metadata\":{\"resourceVersion\":\"77\"},\"items\":[");
            halfDone.set(stream);
        });
        api.forgetHistory(SERVICES, false);
        api.cut(SERVICES);
        await().until(() -> halfDone.get() != null);
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
        assertThat(backend.readiness().ready()).isTrue();
        api.putSilently(
                SERVICES,
                "shop/web",
                ScriptedApiServer.object("shop", "web", ",\"spec\":{\"clusterIP\":\"192.0.2.99\"}"));
        halfDone.get().reset();
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.99");
    }

    @Test
    @DisplayName("69: a list of many pages; a page that expired begins it again")
    void expiredContinueBeginsTheListAgain() {
        for (int i = 0; i < 1200; i++) {
            api.putService("shop", "s" + i, "{\"clusterIP\":\"192.0.2.77\"}");
        }
        api.nextList(
                SERVICES,
                stream -> stream.reply(
                        200, Map.of(), "{\"metadata\":{\"resourceVersion\":\"5\",\"continue\":\"x\"},\"items\":[]}"));
        api.nextList(SERVICES, stream -> stream.refuse(410, "The provided continue parameter is too old"));
        cluster.startAndWait();
        cluster.answers("""
                s0.shop.svc.cluster.local. A = 192.0.2.77
                s1199.shop.svc.cluster.local. A = 192.0.2.77
                """);
        List<String> pages = api.requests(SERVICES, false).stream()
                .map(request -> request.query().getOrDefault("continue", "-"))
                .toList();
        assertThat(pages).containsExactly("-", "x", "-", "500", "1000");
    }

    @Test
    @DisplayName("68: 429, 503 and 500 are waited out")
    void refusalsAreWaitedOut() {
        api.nextList(SERVICES, stream -> stream.reply(429, Map.of("Retry-After", "0"), "{}"));
        api.nextList(SERVICES, stream -> stream.refuse(503, "shutting down"));
        api.nextList(SERVICES, stream -> stream.reply(200, Map.of(), "<html>a proxy</html>"));
        api.nextWatch(SERVICES, stream -> stream.refuse(500, "etcd is away"));
        api.nextWatch(SERVICES, stream -> stream.refuse(504, "Too large resource version: 9, current: 3"));
        cluster.startAndWait();
        assertThat(api.requests(SERVICES, false)).hasSize(5); // the last one because the version was lost
        assertThat(cluster.report(SERVICES).lastError()).isEmpty();
    }
}
