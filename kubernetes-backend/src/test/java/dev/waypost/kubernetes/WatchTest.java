package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Staleness;
import dev.waypost.kubernetes.testing.ApiRequest;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Set;
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
        assertThat(cluster.staleness("web.shop.svc.cluster.local")).isEqualTo(Staleness.FRESH);
    }

    @Test
    void firstListIsTakenFromTheWatchCacheAndNotFromEtcd() {
        cluster.startAndWait();
        assertThat(api.requests(SERVICES, false))
                .singleElement()
                .satisfies(request -> assertThat(request.query())
                        .containsEntry("resourceVersion", "0")
                        .containsEntry("limit", "500"));
    }

    @Test
    void serverThatCanBeginsTheWatchWithTheList() {
        api.streamsLists(true);
        cluster.startAndWait();
        Transcript.check(backend, """
                web.shop.svc.cluster.local. A = 192.0.2.10
                missing.shop.svc.cluster.local. A = NXDOMAIN
                """);
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        cluster.answers("next.shop.svc.cluster.local. A = 192.0.2.11");
        assertThat(api.requests())
                .hasSize(3)
                .allMatch(ApiRequest::isStream)
                .allSatisfy(request -> assertThat(request.query())
                        .containsEntry("watch", "true")
                        .containsEntry("allowWatchBookmarks", "true")
                        .containsEntry("resourceVersion", "0")
                        .containsEntry("resourceVersionMatch", "NotOlderThan"));
        assertThat(cluster.report(SERVICES).lists()).isEqualTo(1);
    }

    @Test
    void serverThatCannotIsNotAskedAgain() throws IOException {
        cluster.startAndWait();
        api.forgetHistory(SERVICES, false);
        api.cut(SERVICES);
        await().until(() -> api.requests(SERVICES, false).size() == 2);
        // The three watches may ask side by side before the first refusal is in.
        assertThat(api.requests().stream().filter(ApiRequest::isStream)).hasSizeBetween(1, 3);
    }

    @Test
    void watchesEndAtDifferentTimes() throws IOException {
        cluster.startAndWait();
        for (int i = 2; i <= 5; i++) {
            int watches = i;
            api.cut(SERVICES);
            await().until(() -> api.requests(SERVICES, true).size() == watches);
            await().until(() -> api.watchers(SERVICES) == 1);
        }
        List<Long> lengths = api.requests(SERVICES, true).stream()
                .map(request -> Long.valueOf(request.query().get("timeoutSeconds")))
                .toList();
        assertThat(lengths).allSatisfy(seconds -> assertThat(seconds).isBetween(225L, 300L));
        assertThat(Set.copyOf(lengths)).hasSizeGreaterThan(1);
    }

    @Test
    void pushedChangeIsInTheNextAnswer() {
        cluster.startAndWait();
        Finding before = Transcript.find(backend, Zones.name("orders.shop.svc.cluster.local"), Type.A);
        api.putSlice("shop", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.1", "198.51.100.2"));
        cluster.answers("orders.shop.svc.cluster.local. A = 198.51.100.1 | 198.51.100.2");
        await().untilAsserted(() -> assertThat(before).holdsNoMore()); // what is new is seen first
        api.remove(SERVICES, "shop", "orders");
        cluster.answers("orders.shop.svc.cluster.local. A = NXDOMAIN");
        assertThat(api.requests(SLICES, false)).hasSize(1);
    }
}
