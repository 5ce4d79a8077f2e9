package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ApiRequest;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pods as the API server tells of them")
class PodWatchTest {
    private static final String PODS = "pods";
    private static final String QUESTION = "198-51-100-1.shop.pod.cluster.local. A = ";

    private final ScriptedApiServer api = ScriptedApiServer.start();
    private final KubernetesBackend backend = KubernetesBackend.api(api.url())
            .pods(PodRecords.VERIFIED)
            .timings(WatchedCluster.QUICK)
            .build();

    PodWatchTest() {
        api.putNamespace("shop");
    }

    @AfterEach
    void close() {
        backend.close();
        api.close();
    }

    private void put(String name, String metadata, String address) {
        api.put(
                PODS,
                "shop/" + name,
                ScriptedApiServer.object("shop", name, ",\"status\":{\"podIP\":\"" + address + "\"}")
                        .replace("\"managedFields\"", metadata + "\"managedFields\""));
    }

    private void startAndWait() {
        backend.start();
        await().until(() -> backend.readiness().ready() && api.watchers(PODS) == 1);
    }

    private void answers(String answer) {
        await().untilAsserted(() -> Transcript.check(backend, QUESTION + answer));
    }

    @Test
    void podsThatHaveEndedAreNotAskedFor() {
        put("web-0", "", "198.51.100.1");
        startAndWait();
        answers("198.51.100.1");
        assertThat(api.requests().stream()
                        .filter(request -> request.resource().equals(PODS))
                        .map(request -> request.query().get("fieldSelector")))
                .hasSizeGreaterThan(1)
                .containsOnly("status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown");
        assertThat(api.requests("services", false).get(0).query()).doesNotContainKey("fieldSelector");
    }

    @Test
    void podsAreNotWatchedUnlessTheyAreVerified() {
        try (KubernetesBackend insecure = KubernetesBackend.api(api.url())
                .pods(PodRecords.INSECURE)
                .timings(WatchedCluster.QUICK)
                .build()) {
            insecure.start();
            await().until(() -> insecure.readiness().ready());
            List<ApiRequest> requests = api.requests(PODS, false);
            assertThat(requests).isEmpty();
        }
    }

    @Test
    void podIsNotDeniedBeforeAllPodsAreKnown() {
        api.nextList(PODS, stream -> {}); // never answered
        backend.start();
        await().untilAsserted(() -> Transcript.check(backend, "shop.svc.cluster.local. A = NODATA"));
        Transcript.check(backend, QUESTION + "NOT READY");
        assertThat(backend.readiness().reason()).contains(PODS);
    }

    @Test
    void knownPodStaysUntilItsDeleteEvent() {
        put("web-0", "", "198.51.100.1");
        startAndWait();
        String leaving = "\"deletionTimestamp\":\"2026-11-01T00:00:00Z\",";
        put("web-0", leaving, "198.51.100.1");
        put("web-1", leaving, "198.51.100.2");
        put("web-2", "", "198.51.100.3"); // once it is seen, the two before it have been
        await().untilAsserted(() -> Transcript.check(backend, """
                198-51-100-3.shop.pod.cluster.local. A = 198.51.100.3
                198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1
                198-51-100-2.shop.pod.cluster.local. A = NXDOMAIN
                """));
        api.remove(PODS, "shop", "web-0");
        answers("NXDOMAIN");
    }

    @Test
    void leavingPodOfALaterUidTakesTheNameOfTheEarlierOne() {
        put("web-0", "", "198.51.100.1");
        startAndWait();
        String other = ScriptedApiServer.object("shop", "web-0", ",\"status\":{\"podIP\":\"198.51.100.2\"}")
                .replace("u-web-0", "later")
                .replace("\"managedFields\"", "\"deletionTimestamp\":\"2026-11-01T00:00:00Z\",\"managedFields\"");
        api.put(PODS, "shop/web-0", other);
        answers("NXDOMAIN");
        Transcript.check(backend, "198-51-100-2.shop.pod.cluster.local. A = NXDOMAIN");
    }

    @Test
    @DisplayName("labels are left to the API server")
    void labelsArePartOfEveryRequest() {
        try (KubernetesBackend labelled = KubernetesBackend.api(api.url())
                .pods(PodRecords.VERIFIED)
                .labels("tier in (front, back)")
                .namespaceLabels("team!=sales")
                .timings(WatchedCluster.QUICK)
                .build()) {
            labelled.start();
            await().until(() -> api.watchers(PODS) == 1
                    && api.watchers("services") == 1
                    && api.watchers("endpointslices") == 1
                    && api.watchers("namespaces") == 1);
            assertThat(api.requests())
                    .hasSizeGreaterThan(7)
                    .allSatisfy(request -> assertThat(request.query())
                            .containsEntry(
                                    "labelSelector",
                                    request.resource().equals("namespaces") ? "team!=sales" : "tier in (front, back)"));
        }
    }
}
