package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ApiStream;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("67, 69, 72: versions that are forgotten, go back or lie ahead, and lists that do not end")
class VersionFaultsTest {
    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();
    private final KubernetesBackend backend = cluster.backend();

    @AfterEach
    void close() {
        cluster.close();
    }

    private List<String> listAges() {
        return api.requests(SERVICES, false).stream()
                .map(request -> request.query().getOrDefault("resourceVersion", "latest"))
                .toList();
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
        changeWebSilently();
        api.forgetHistory(SERVICES, asEvent);
        api.cut(SERVICES);
        cluster.answers("""
                web.shop.svc.cluster.local. A = 192.0.2.99
                orders.shop.svc.cluster.local. A = NXDOMAIN
                """);
        assertThat(api.requests(SERVICES, false)).hasSize(2);
    }

    private void changeWebSilently() {
        api.putSilently(
                SERVICES,
                "shop/web",
                ScriptedApiServer.object("shop", "web", ",\"spec\":{\"clusterIP\":\"192.0.2.99\"}"));
    }

    @Test
    @DisplayName("67: a new list is not older than what was told, and comes from the watch cache: it has no limit")
    void listAfterALossIsNotOlderThanWhatWasTold() throws IOException {
        cluster.startAndWait();
        String told = api.requests(SERVICES, true).get(0).query().get("resourceVersion");
        api.forgetHistory(SERVICES, false);
        api.cut(SERVICES);
        await().until(() -> api.requests(SERVICES, false).size() == 2);
        assertThat(api.requests(SERVICES, false).get(1).query())
                .containsEntry("resourceVersion", told)
                .containsEntry("resourceVersionMatch", "NotOlderThan")
                .doesNotContainKey("limit");
    }

    @Test
    @DisplayName("67: a cache too short to watch from is passed by, at the third loss in a row")
    void thirdLossInARowAsksForTheLatest() throws IOException {
        cluster.startAndWait();
        String told = api.requests(SERVICES, true).get(0).query().get("resourceVersion");
        for (int i = 0; i < 3; i++) {
            api.nextWatch(SERVICES, stream -> stream.refuse(410, "too old resource version"));
        }
        api.cut(SERVICES);
        await().until(() -> api.requests(SERVICES, false).size() == 4);
        assertThat(listAges()).containsExactly("0", told, "0", "latest");
        await().until(() -> api.watchers(SERVICES) == 1);
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
        changeWebSilently();
        halfDone.get().reset();
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.99");
    }

    @Test
    @DisplayName("69: pages that come slowly are waited for, and no name of them exists before the last one")
    void slowPagesAreOneList() throws IOException {
        for (int i = 0; i < 5; i++) {
            api.bookmark(SERVICES); // so that version 5 is one to watch from
        }
        AtomicReference<ApiStream> slow = new AtomicReference<>();
        api.nextList(
                SERVICES,
                stream -> stream.reply(
                        200,
                        Map.of(),
                        "{\"metadata\":{\"resourceVersion\":\"5\",\"continue\":\"0\"},\"items\":["
                                + ScriptedApiServer.object("shop", "early", ",\"spec\":{\"clusterIP\":\"192.0.2.5\"}")
                                + "]}"));
        api.nextList(SERVICES, stream -> {
            stream.begin();
            stream.chunk("{\"metadata\":{\"resourceVersion\":\"5\"},");
            slow.set(stream);
        });
        backend.start();
        await().until(() -> slow.get() != null);
        Transcript.check(backend, """
                early.shop.svc.cluster.local. A = NOT READY
                other.shop.svc.cluster.local. A = NOT READY
                """);
        slow.get().chunk("\"items\":[]}");
        slow.get().end();
        cluster.answers("""
                early.shop.svc.cluster.local. A = 192.0.2.5
                other.shop.svc.cluster.local. A = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("69: a page that expired begins the list again, and in one: pages had their chance")
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
                .map(request -> request.query().getOrDefault("continue", "-")
                        + request.query().getOrDefault("limit", " unlimited"))
                .toList();
        assertThat(pages).containsExactly("-500", "x500", "- unlimited");
    }

    @Test
    @DisplayName("69: a list of many pages")
    void listOfManyPagesIsWhole() {
        for (int i = 0; i < 1200; i++) {
            api.putService("shop", "s" + i, "{\"clusterIP\":\"192.0.2.77\"}");
        }
        cluster.startAndWait();
        cluster.answers("""
                s0.shop.svc.cluster.local. A = 192.0.2.77
                s1199.shop.svc.cluster.local. A = 192.0.2.77
                """);
        assertThat(api.requests(SERVICES, false)).hasSize(3);
    }

    @Test
    @DisplayName("72: a version that goes back, as after a restore of etcd, is the truth")
    void versionThatGoesBackIsAccepted() throws IOException {
        for (int i = 0; i < 50; i++) {
            api.bookmark(SERVICES);
        }
        cluster.startAndWait();
        changeWebSilently();
        api.restore(SERVICES, 7);
        api.cut(SERVICES);
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.99");
        // The watch and the list not older than it are refused as too large, so any list is right.
        assertThat(listAges()).last().isEqualTo("0");
        await().until(() -> api.watchers(SERVICES) == 1);
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        cluster.answers("next.shop.svc.cluster.local. A = 192.0.2.11");
    }

    @Test
    @DisplayName(
            "72: an object of an older version than the one known is taken: versions are compared for equality only")
    void olderVersionOfAnObjectIsTaken() {
        cluster.startAndWait();
        api.send(
                SERVICES,
                "{\"type\":\"MODIFIED\",\"object\":"
                        + ScriptedApiServer.object("shop", "web", ",\"spec\":{\"clusterIP\":\"192.0.2.50\"}")
                                .replace("$VERSION", "1")
                        + "}\n");
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.50");
    }

    @Test
    @DisplayName("72: \"too large resource version\" does not repeat itself for ever")
    void versionAheadOfTheServerIsGivenUp() throws IOException {
        cluster.startAndWait();
        api.nextWatch(SERVICES, stream -> stream.refuse(504, "Too large resource version: 9, current: 3"));
        api.cut(SERVICES);
        await().until(() -> api.requests(SERVICES, false).size() == 2);
        await().until(() -> api.watchers(SERVICES) == 1);
        assertThat(listAges()).containsExactly("0", "0");
    }
}
