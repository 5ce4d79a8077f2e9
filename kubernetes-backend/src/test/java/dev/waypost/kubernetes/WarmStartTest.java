package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.Staleness;
import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.Identity;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.snapshot.ClusterObjects;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.kubernetes.warm.SnapshotFile;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("75: a restart with the API away answers from the last snapshot, as stale as it is")
class WarmStartTest {
    private static final Duration MOST = Duration.ofHours(1);
    private static final String KEPT = " (namespaces, services, endpointslices)";
    private static final String KNOWN = """
            web.shop.svc.cluster.local. A = 192.0.2.10
            orders.shop.svc.cluster.local. A = 198.51.100.1
            orders.shop.svc.cluster.local. SRV = 0 100 8080 198-51-100-1.orders.shop.svc.cluster.local. + 198-51-100-1.orders.shop.svc.cluster.local. A 198.51.100.1
            partner.shop.svc.cluster.local. A = ALIAS api.partner.example.
            1.100.51.198.in-addr.arpa. PTR = 198-51-100-1.orders.shop.svc.cluster.local.
            missing.shop.svc.cluster.local. A = NXDOMAIN
            """;

    @TempDir
    private Path folder;

    private Path file;
    private WatchedCluster before;
    private ScriptedApiServer api;

    @BeforeEach
    void keepASnapshot() {
        file = folder.resolve("cluster.snapshot");
        before = new WatchedCluster(WatchedCluster.QUICK, options -> options.warmStart(file, MOST));
        api = before.api();
        api.putService("shop", "partner", "{\"type\":\"ExternalName\",\"externalName\":\"api.partner.example\"}");
        before.startAndWait();
        before.answers(KNOWN);
        before.backend().close();
    }

    @AfterEach
    void close() {
        before.close();
    }

    private KubernetesBackend restarted(Duration most) {
        KubernetesBackend backend = KubernetesBackend.api(api.url())
                .zones("cluster.local", "in-addr.arpa")
                .timings(WatchedCluster.QUICK)
                .warmStart(file, most)
                .build();
        backend.start();
        return backend;
    }

    private static Staleness staleness(KubernetesBackend backend) {
        return backend.zones()
                .get(0)
                .standing(Zones.name("web.shop.svc.cluster.local"))
                .staleness();
    }

    @Test
    void lastSnapshotIsAnsweredAndSaysItsAge() throws IOException {
        api.unreachable(true);
        try (KubernetesBackend backend = restarted(MOST)) {
            Transcript.check(backend, KNOWN);
            assertThat(staleness(backend)).isInstanceOf(Staleness.Stale.class);
            assertThat(staleness(backend).age(Ticker.SYSTEM.nanoTime())).isLessThan(MOST);
            await().until(() -> backend.readiness().ready()); // once it is plain that the API is away
            api.putSilently(
                    SERVICES,
                    "shop/web",
                    ScriptedApiServer.object("shop", "web", ",\"spec\":{\"clusterIP\":\"192.0.2.99\"}"));
            api.unreachable(false);
            await().until(() -> staleness(backend).equals(Staleness.FRESH));
            Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.99");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("no draft is left").containsExactly(file);
        }
    }

    private KubernetesBackend withPods() {
        return KubernetesBackend.api(api.url())
                .timings(WatchedCluster.QUICK)
                .warmStart(file, MOST)
                .pods(PodRecords.VERIFIED)
                .podLabels()
                .build();
    }

    @Test
    void podsAreKeptToo() throws IOException {
        Files.delete(file);
        api.put(
                "pods",
                "shop/pod-1",
                ScriptedApiServer.object("shop", "pod-1", ",\"status\":{\"podIP\":\"198.51.100.2\"}"));
        String pod = "198-51-100-2.shop.pod.cluster.local. A = 198.51.100.2";
        try (KubernetesBackend backend = withPods()) {
            backend.start();
            await().until(() -> backend.readiness().ready());
            Transcript.check(backend, pod);
        }
        api.unreachable(true);
        try (KubernetesBackend backend = withPods()) {
            backend.start();
            Transcript.check(backend, pod + "\n198-51-100-3.shop.pod.cluster.local. A = NXDOMAIN");
            assertThat(staleness(backend)).isInstanceOf(Staleness.Stale.class);
            api.put(
                    "pods",
                    "shop/pod-1",
                    ScriptedApiServer.object("shop", "pod-1", ",\"status\":{\"podIP\":\"198.51.100.3\"}"));
            api.unreachable(false);
            await().until(() -> staleness(backend).equals(Staleness.FRESH));
            Transcript.check(backend, "198-51-100-3.shop.pod.cluster.local. A = 198.51.100.3");
            Transcript.check(backend, "198-51-100-2.shop.pod.cluster.local. A = NXDOMAIN");
        }
    }

    @Test
    void whatIsWrittenOfAPodIsRead() throws IOException {
        Pod pod = new Pod(
                new Identity(new ObjectKey("shop", "pod-1"), "6f1d0c5e-93f1-4b53-9b2f-000000000001", "7"),
                Stream.of("198.51.100.2", "2001:db8::2").map(IpAddress::parse).toList(),
                false,
                Map.of("app", "web", "tier", "front"));
        SnapshotFile kept = new SnapshotFile(file, "a cluster", MOST);
        long now = System.currentTimeMillis();
        kept.write(new ClusterObjects(List.of(), List.of(), List.of(), List.of(pod)), now);
        assertThat(kept.read(now))
                .isInstanceOfSatisfying(
                        SnapshotFile.Reading.Usable.class,
                        usable -> assertThat(usable.objects().pods()).containsExactly(pod));
    }

    @Test
    void closeRightAfterTheFirstListsKeepsASnapshot() throws IOException {
        Files.delete(file);
        try (KubernetesBackend backend = restarted(MOST)) {
            await().pollInSameThread()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> backend.readiness().ready());
        }
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void unchangedByteCountWithAnotherByteIsRefused() throws IOException {
        byte[] octets = Files.readAllBytes(file);
        octets[octets.length / 2] ^= 1;
        Files.write(file, octets);
        refused("its checksum is not right");
    }

    @Test
    void fileCutShortIsRefused() throws IOException {
        byte[] octets = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(octets, octets.length - 5));
        refused("its checksum is not right");
        Files.write(file, new byte[3]);
        refused("it is cut short");
    }

    @Test
    void fileThatIsTooOldIsRefused() throws IOException {
        SnapshotFile old = new SnapshotFile(file, api.url() + KEPT, MOST);
        ClusterObjects nothing = new ClusterObjects(List.of(), List.of(), List.of(), List.of());
        old.write(nothing, System.currentTimeMillis() - Duration.ofHours(2).toMillis());
        refused("it is 72\\d\\d s old, wanted 0..3600 s");
    }

    @Test
    void fileOfAnotherClusterIsRefused() throws IOException {
        SnapshotFile other = new SnapshotFile(file, "https://192.0.2.1", MOST);
        other.write(new ClusterObjects(List.of(), List.of(), List.of(), List.of()), System.currentTimeMillis());
        refused("it is of https://192.0.2.1, wanted " + Pattern.quote(api.url() + KEPT));
    }

    @Test
    @DisplayName("a file without what is kept now is refused: it would deny what it never held")
    void fileOfFewerKindsIsRefused() {
        api.unreachable(true);
        try (KubernetesBackend fewer = KubernetesBackend.api(api.url())
                        .timings(WatchedCluster.QUICK)
                        .warmStart(file, MOST)
                        .withoutEndpoints()
                        .build();
                KubernetesBackend more = KubernetesBackend.api(api.url())
                        .timings(WatchedCluster.QUICK)
                        .warmStart(file, MOST)
                        .endpointPodNames()
                        .build()) {
            fewer.start();
            more.start();
            await().until(() -> more.readiness().reason().contains("cannot")
                    && fewer.readiness().reason().contains("cannot"));
            assertThat(fewer.readiness().reason()).endsWith(KEPT + ", wanted " + api.url() + " (namespaces, services)");
            assertThat(more.readiness().reason())
                    .endsWith(KEPT + ", wanted " + api.url() + KEPT.replace(")", ", pod names)"));
            Transcript.check(more, "orders.shop.svc.cluster.local. A = NOT READY");
        }
    }

    /** SERVFAIL and never NXDOMAIN: what could not be read says nothing about what exists. */
    private void refused(String reason) {
        api.unreachable(true);
        try (KubernetesBackend backend = restarted(MOST)) {
            Transcript.check(backend, """
                    web.shop.svc.cluster.local. A = NOT READY
                    missing.shop.svc.cluster.local. A = NOT READY
                    """);
            await().until(() -> backend.readiness().reason().contains("cannot"));
            assertThat(backend.readiness().reason()).containsPattern("the snapshot is not used: " + reason);
        }
    }

    @Test
    void whatTheFileDoesNotHoldIsRefused() {
        assertThatThrownBy(() -> KubernetesBackend.api(api.url())
                        .zones("cluster.local", "clusterset.local")
                        .warmStart(file, MOST)
                        .multicluster("clusterset.local")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: 'snapshot' holds no imported services, found 'multicluster'");
        assertThatThrownBy(() -> KubernetesBackend.api(api.url())
                        .zones("cluster.local")
                        .warmStart(file, MOST)
                        .onDemand(OnDemand.DEFAULT)
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: wants either 'snapshot' or 'on_demand', found both");
    }
}
