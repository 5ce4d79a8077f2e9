package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ApiStream;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("66: connections that break or fall silent")
class ConnectionFaultsTest {
    private static final String DELETED_WEB =
            "{\"type\":\"DELETED\",\"object\":{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\",\"uid\":\"u-web\"";

    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();
    private final KubernetesBackend backend = cluster.backend();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void cleanEndIsResumedFromTheLastVersion() throws IOException {
        cluster.startAndWait();
        api.bookmark(SERVICES);
        api.putService("shop", "first", "{\"clusterIP\":\"192.0.2.11\"}");
        cluster.answers("first.shop.svc.cluster.local. A = 192.0.2.11");
        api.cut(SERVICES);
        api.putService("shop", "second", "{\"clusterIP\":\"192.0.2.12\"}");
        cluster.answers("second.shop.svc.cluster.local. A = 192.0.2.12");
        assertThat(api.requests(SERVICES, false)).hasSize(1);
        assertThat(cluster.report(SERVICES).lastError()).isEmpty(); // how a watch ends that is over is no failure
    }

    @Test
    void resetIsResumedFromTheLastVersion() throws IOException {
        cluster.startAndWait();
        api.reset(SERVICES);
        api.putService("shop", "second", "{\"clusterIP\":\"192.0.2.12\"}");
        cluster.answers("second.shop.svc.cluster.local. A = 192.0.2.12");
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @ParameterizedTest(name = "ends cleanly: {0}")
    @ValueSource(booleans = {false, true})
    void cutInsideAnObjectAppliesNothingOfIt(boolean clean) throws IOException {
        cutAfter(DELETED_WEB + "},", clean);
    }

    @ParameterizedTest(name = "ends cleanly: {0}")
    @ValueSource(booleans = {false, true})
    void cutInsideALineAppliesNothingOfIt(boolean clean) throws IOException {
        cutAfter(DELETED_WEB.substring(0, 40), clean);
    }

    /** The object is whole, and only the event around it is not. */
    @ParameterizedTest(name = "ends cleanly: {0}")
    @ValueSource(booleans = {false, true})
    void cutBehindAnObjectAppliesNothingOfIt(boolean clean) throws IOException {
        cutAfter(DELETED_WEB + "}}", clean);
    }

    private void cutAfter(String part, boolean clean) throws IOException {
        cluster.startAndWait();
        api.send(SERVICES, part);
        if (clean) {
            api.cut(SERVICES);
        } else {
            api.reset(SERVICES);
        }
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        cluster.answers("""
                next.shop.svc.cluster.local. A = 192.0.2.11
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    void garbageInAWatchIsResumedFromTheLastVersion() {
        cluster.startAndWait();
        api.send(SERVICES, "\u0000<html>not ] an } event\n");
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        cluster.answers("next.shop.svc.cluster.local. A = 192.0.2.11");
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }

    @Test
    void eventOfAnUnknownTypeIsNotPassedOver() {
        cluster.startAndWait();
        api.send(SERVICES, "{\"type\":\"MOVED\",\"object\":" + ScriptedApiServer.object("shop", "web", "") + "}\n");
        await().until(() -> api.requests(SERVICES, true).size() > 1);
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.10");
    }

    @Test
    void silentWatchIsNoticedByTime() {
        try (WatchedCluster quiet = new WatchedCluster(WatchedCluster.withSilence(Duration.ofSeconds(1)))) {
            quiet.api().nextWatch(SERVICES, ApiStream::begin);
            quiet.backend().start();
            await().until(() -> quiet.api().requests(SERVICES, true).size() > 1);
            quiet.api().putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
            quiet.answers("next.shop.svc.cluster.local. A = 192.0.2.11");
        }
    }

    @Test
    void silentListIsNoticedByTime() {
        try (WatchedCluster quiet = new WatchedCluster(WatchedCluster.withListSilence(Duration.ofSeconds(1)))) {
            quiet.api().nextList(SERVICES, stream -> {
                stream.begin();
                stream.chunk("{\"metadata\":{\"resourceVersion\":\"77\"},\"items\":[");
            });
            quiet.startAndWait();
            assertThat(quiet.api().requests(SERVICES, false)).hasSizeGreaterThan(1);
        }
    }

    @Test
    void streamedListThatBreaksOffChangesNothingAndIsFollowedByPages() throws IOException {
        api.streamsLists(true);
        cluster.startAndWait();
        AtomicReference<ApiStream> halfDone = new AtomicReference<>();
        api.nextStream(SERVICES, stream -> {
            stream.begin();
            stream.chunk("{\"type\":\"ADDED\",\"object\":" + ScriptedApiServer.object("shop", "ghost", "") + "}\n");
            halfDone.set(stream);
        });
        api.forgetHistory(SERVICES, false);
        api.cut(SERVICES);
        await().until(() -> halfDone.get() != null);
        Transcript.check(backend, """
                web.shop.svc.cluster.local. A = 192.0.2.10
                ghost.shop.svc.cluster.local. A = NXDOMAIN
                """);
        halfDone.get().reset();
        await().until(() -> api.requests(SERVICES, false).size() == 1);
        cluster.answers("""
                web.shop.svc.cluster.local. A = 192.0.2.10
                ghost.shop.svc.cluster.local. A = NXDOMAIN
                """);
    }

    @Test
    void serverThatOverlooksWhatAStreamIsFallsBackToPages() {
        api.streamsLists(true);
        api.nextStream(SERVICES, stream -> {
            stream.begin();
            stream.chunk("{\"type\":\"ADDED\",\"object\":" + ScriptedApiServer.object("shop", "web", "") + "}\n");
            stream.chunk("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"9\"}}}\n");
        });
        cluster.startAndWait();
        assertThat(api.requests(SERVICES, false)).hasSize(1);
    }
}
