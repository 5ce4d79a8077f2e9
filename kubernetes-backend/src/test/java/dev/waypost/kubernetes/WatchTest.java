package dev.waypost.kubernetes;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Query;
import dev.waypost.Staleness;
import dev.waypost.Ticker;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ApiStream;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.kubernetes.watch.WatchTimings;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("The watch against an API server: faults.md 66-79")
class WatchTest {
    private static final String SERVICES = "services";
    private static final String SLICES = "endpointslices";
    private static final WatchTimings QUICK = new WatchTimings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMillis(10),
            Duration.ofMillis(40));

    private final ScriptedApiServer api = ScriptedApiServer.start();
    private KubernetesBackend backend = backend(QUICK);

    private KubernetesBackend backend(WatchTimings timings) {
        return KubernetesBackend.api(api.url())
                .zones("cluster.local", "in-addr.arpa")
                .timings(timings)
                .build();
    }

    @BeforeEach
    void fillTheCluster() {
        api.putNamespace("shop");
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\"}");
        api.putService("shop", "orders", "{\"clusterIP\":\"None\"}");
        api.putSlice("shop", "orders-1", "orders", endpoints("198.51.100.1"));
    }

    @AfterEach
    void close() {
        backend.close();
        api.close();
    }

    private static String endpoints(String... addresses) {
        return "[{\"addresses\":[\"" + String.join("\"]},{\"addresses\":[\"", addresses) + "\"]}]";
    }

    private void startAndWait() {
        backend.start();
        await().until(() -> backend.readiness().ready());
        // Every watch is open, so that what a test does next comes as an event or as a cut.
        await().until(() ->
                api.watchers(SERVICES) == 1 && api.watchers(SLICES) == 1 && api.watchers("namespaces") == 1);
    }

    private void answers(String transcript) {
        await().untilAsserted(() -> Transcript.check(backend, transcript));
    }

    private WatchReport report(String resource) {
        return backend.watches().stream()
                .filter(report -> report.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void firstListIsAnswered() {
        startAndWait();
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
        startAndWait();
        Finding before = Transcript.find(backend, Zones.name("orders.shop.svc.cluster.local"), Type.A);
        api.putSlice("shop", "orders-1", "orders", endpoints("198.51.100.1", "198.51.100.2"));
        answers("orders.shop.svc.cluster.local. A = 198.51.100.1 | 198.51.100.2");
        assertThat(before).holdsNoMore();
        api.remove(SERVICES, "shop", "orders");
        answers("orders.shop.svc.cluster.local. A = NXDOMAIN");
        assertThat(api.requests(SLICES, false)).hasSize(1);
    }

    @Test
    void watchGoesOnFromTheLastVersionAfterACleanEnd() throws IOException {
        startAndWait();
        api.bookmark(SERVICES);
        api.putService("shop", "first", "{\"clusterIP\":\"192.0.2.11\"}");
        answers("first.shop.svc.cluster.local. A = 192.0.2.11");
        api.cut(SERVICES);
        api.putService("shop", "second", "{\"clusterIP\":\"192.0.2.12\"}");
        answers("second.shop.svc.cluster.local. A = 192.0.2.12");
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    @DisplayName("66: a cut in the middle of an object applies nothing of it, and the watch is resumed")
    void cutInsideAnObjectIsResumed() throws IOException {
        startAndWait();
        api.send(SERVICES, "{\"type\":\"DELETED\",\"object\":{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\"");
        api.reset(SERVICES);
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        answers("""
                next.shop.svc.cluster.local. A = 192.0.2.11
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    @DisplayName("66: a silent connection is noticed by time")
    void silentWatchIsNoticed() {
        backend = backend(new WatchTimings(
                QUICK.connect(),
                QUICK.listSilence(),
                Duration.ofMillis(50),
                QUICK.watchLength(),
                QUICK.firstBackoff(),
                QUICK.mostBackoff()));
        api.nextWatch(SERVICES, ApiStream::begin);
        backend.start();
        await().until(() -> api.requests(SERVICES, true).size() > 1);
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        answers("next.shop.svc.cluster.local. A = 192.0.2.11");
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
        startAndWait();
        api.removeSilently(SERVICES, "shop", "orders");
        api.putSilently(
                SERVICES,
                "shop/web",
                ScriptedApiServer.object("shop", "web", ",\"spec\":{\"clusterIP\":\"192.0.2.99\"}"));
        api.forgetHistory(SERVICES, asEvent);
        api.cut(SERVICES);
        answers("""
                web.shop.svc.cluster.local. A = 192.0.2.99
                orders.shop.svc.cluster.local. A = NXDOMAIN
                """);
        assertThat(api.requests(SERVICES, false)).hasSize(2);
    }

    @Test
    @DisplayName("69: names stay while a new list is under way and fails")
    void oldObjectsStayDuringARelist() throws IOException {
        startAndWait();
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
        answers("web.shop.svc.cluster.local. A = 192.0.2.99");
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
        startAndWait();
        answers("""
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
        startAndWait();
        assertThat(api.requests(SERVICES, false)).hasSize(5); // the last one because the version was lost
        assertThat(report(SERVICES).lastError()).isEmpty();
    }

    @Test
    @DisplayName("71: deleted and made again under one name; the late delete of the old object changes nothing")
    void laterObjectOfOneNameWins() {
        startAndWait();
        String again =
                "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\",\"uid\":\"other\",\"resourceVersion\":\"900\"},"
                        + "\"spec\":{\"clusterIP\":\"192.0.2.50\"}}";
        api.send(SERVICES, "{\"type\":\"ADDED\",\"object\":" + again + "}\n");
        api.remove(SERVICES, "shop", "web");
        api.putService("shop", "marker", "{\"clusterIP\":\"192.0.2.51\"}");
        answers("""
                marker.shop.svc.cluster.local. A = 192.0.2.51
                web.shop.svc.cluster.local. A = 192.0.2.50
                """);
    }

    @Test
    @DisplayName("70: repeated events and deletes of unknown objects change nothing")
    void eventsAreIdempotent() {
        startAndWait();
        Finding before = Transcript.find(backend, Zones.name("web.shop.svc.cluster.local"), Type.A);
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\"}");
        api.send(SERVICES, "{\"type\":\"DELETED\",\"object\":" + ScriptedApiServer.object("shop", "never", "") + "}\n");
        api.putService("shop", "marker", "{\"clusterIP\":\"192.0.2.51\"}");
        answers("marker.shop.svc.cluster.local. A = 192.0.2.51");
        assertThat(before).holds();
    }

    @Test
    @DisplayName("75, 79: an unreachable API is SERVFAIL, never NXDOMAIN, and recovers by itself")
    void unreachableApiIsNotReadyAndRecovers() {
        api.unreachable(true);
        try (DnsEngine engine = DnsEngine.builder().backend(backend).build().start()) {
            await().until(() -> !report(SERVICES).lastError().isEmpty());
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
            assertThat(backend.readiness().reason()).contains(SERVICES, "cannot list");
            api.unreachable(false);
            answers("web.shop.svc.cluster.local. A = 192.0.2.10");
        }
    }

    @Test
    @DisplayName("79: what waits for slices is not denied while they are not there")
    void lateSlicesAreNotDenied() {
        api.nextList(SLICES, stream -> {}); // never answered
        backend.start();
        answers("web.shop.svc.cluster.local. A = 192.0.2.10");
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
        startAndWait();
        api.unreachable(true);
        api.reset(SERVICES);
        await().until(() -> backend.zones().get(0).staleness() instanceof Staleness.Stale);
        assertThat(backend.zones().get(0).staleness().age(Ticker.SYSTEM.nanoTime()))
                .isPositive();
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
        assertThat(backend.readiness().ready()).isTrue();
        assertThat(report(SERVICES).lost()).isPresent();
        api.unreachable(false);
        await().until(() -> backend.zones().get(0).staleness().equals(Staleness.FRESH));
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
        startAndWait();
        answers("""
                nulls.shop.svc.cluster.local. A = 192.0.2.30
                ports.shop.svc.cluster.local. SRV = 0 100 80 ports.shop.svc.cluster.local. + ports.shop.svc.cluster.local. A 192.0.2.31
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
        assertThat(report(SERVICES).objectsSkipped()).isEqualTo(5);
        assertThat(report(SERVICES).partsLeftOut()).isEqualTo(1);
        assertThat(report(SLICES).partsLeftOut()).isEqualTo(1);
        api.put(SERVICES, "h", ScriptedApiServer.object("shop", "-", ""));
        api.putService("shop", "marker", "{\"clusterIP\":\"192.0.2.51\"}");
        answers("marker.shop.svc.cluster.local. A = 192.0.2.51");
        assertThat(report(SERVICES).objectsSkipped()).isEqualTo(6);
    }

    @Test
    @DisplayName("82: closed within a second, and no thread is left")
    void closeLeavesNoThread() {
        startAndWait();
        backend.close();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("waypost-watch")))
                .isEmpty();
    }
}
