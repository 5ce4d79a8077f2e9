package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.kubernetes.model.JsonDocument;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

@DisplayName("Hostile objects are passed over one by one, counted, and the others are answered")
class HostileObjectsTest {
    private static final String WELL = """
            web.shop.svc.cluster.local. A = 192.0.2.10
            orders.shop.svc.cluster.local. A = 198.51.100.1
            198-51-100-2.shop.pod.cluster.local. A = 198.51.100.2
            10.2.0.192.in-addr.arpa. PTR = web.shop.svc.cluster.local.
            """;
    private static final String MANIFEST = """
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 192.0.2.10}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: orders, namespace: shop}, spec: {clusterIP: None}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: pod-1, namespace: shop}, status: {podIP: 198.51.100.2}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}},
             endpoints: [{addresses: [198.51.100.1]}]}
            ---
            """;

    @TempDir
    private Path folder;

    static List<HostileObjects.Hostile> hostile() {
        return HostileObjects.all().toList();
    }

    private static KubernetesBackendBuilder options(KubernetesBackendBuilder source) {
        return source.zones("cluster.local", "in-addr.arpa").pods(PodRecords.VERIFIED);
    }

    private static ScriptedApiServer wellCluster() {
        ScriptedApiServer api = ScriptedApiServer.start();
        api.putNamespace("shop");
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\"}");
        api.putService("shop", "orders", "{\"clusterIP\":\"None\"}");
        api.putSlice("shop", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.1"));
        api.put(
                "pods",
                "shop/pod-1",
                ScriptedApiServer.object("shop", "pod-1", ",\"status\":{\"podIP\":\"198.51.100.2\"}"));
        return api;
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void asJson(HostileObjects.Hostile object) throws IOException {
        ResourceKind<?> kind = ResourceKind.ALL.stream()
                .filter(each -> each.resource().equals(object.resource()))
                .findFirst()
                .orElseThrow();
        JsonDocument document =
                new JsonDocument(new ByteArrayInputStream((object.json() + " {}").getBytes(StandardCharsets.UTF_8)));
        kind.read(document);
        assertThat(document.takeFault() != null).isEqualTo(object.skipped());
        assertThat(document.takeLeftOutCount()).isEqualTo(object.leftOut());
        assertThat(document.hasNext()).isTrue(); // the object is taken whole, and the next one stands behind it
    }

    @Test
    void inLists() {
        try (ScriptedApiServer api = wellCluster();
                KubernetesBackend backend = watched(api)) {
            putAll(api);
            backend.start();
            await().until(() -> backend.readiness().ready());
            Transcript.check(backend, WELL);
            await().untilAsserted(() -> assertAllCounted(backend));
        }
    }

    @Test
    void inWatches() {
        try (ScriptedApiServer api = wellCluster();
                KubernetesBackend backend = watched(api)) {
            backend.start();
            await().until(() -> backend.readiness().ready()
                    && backend.watches().stream().allMatch(watch -> api.watchers(watch.resource()) == 1));
            putAll(api);
            api.putService("shop", "last", "{\"clusterIP\":\"192.0.2.11\"}");
            await().untilAsserted(() -> assertAllCounted(backend));
            await().untilAsserted(() -> Transcript.check(backend, "last.shop.svc.cluster.local. A = 192.0.2.11"));
            Transcript.check(backend, WELL);
        }
    }

    private static KubernetesBackend watched(ScriptedApiServer api) {
        return options(KubernetesBackend.api(api.url()))
                .timings(WatchedCluster.QUICK)
                .build();
    }

    private static void putAll(ScriptedApiServer api) {
        List<HostileObjects.Hostile> all = hostile();
        for (int i = 0; i < all.size(); i++) {
            api.put(all.get(i).resource(), "odd-" + i, all.get(i).json());
        }
    }

    private static void assertAllCounted(KubernetesBackend backend) {
        for (WatchReport report : backend.watches()) {
            List<HostileObjects.Hostile> all = hostile().stream()
                    .filter(each -> each.resource().equals(report.resource()))
                    .toList();
            assertThat(report.objectsSkipped())
                    .as("skipped " + report.resource())
                    .isEqualTo(
                            all.stream().filter(HostileObjects.Hostile::skipped).count());
            assertThat(report.partsLeftOut())
                    .as("left out of " + report.resource())
                    .isEqualTo(all.stream()
                            .mapToInt(HostileObjects.Hostile::leftOut)
                            .sum());
            assertThat(report.lastSkipped()).hasSizeLessThan(1000);
            assertThat(report.lists()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void inAManifest(HostileObjects.Hostile object) throws IOException {
        Path file = folder.resolve("cluster.yaml");
        String items = object.isObject() ? object.typed() : object.json();
        String list = object.resource().equals("endpointslices")
                ? "apiVersion: discovery.k8s.io/v1\nkind: EndpointSliceList\n"
                : "apiVersion: v1\nkind: "
                        + switch (object.resource()) {
                            case "namespaces" -> "Namespace";
                            case "pods" -> "Pod";
                            default -> "Service";
                        }
                        + "List\n";
        Files.writeString(file, MANIFEST + list + "items: [" + items + "]\n");
        KubernetesBackend backend = options(KubernetesBackend.manifests(file)).build();
        Transcript.check(backend, WELL);
        if (!object.skipped() && object.leftOut() == 0) {
            assertThat(backend.skipped()).isEmpty();
            return;
        }
        assertThat(backend.skipped()).singleElement().satisfies(skipped -> {
            boolean tellsNoKind = !object.isObject() && !object.json().equals("null");
            assertThat(skipped.resource()).isEqualTo(tellsNoKind ? "objects" : object.resource());
            assertThat(skipped.objects()).isEqualTo(object.skipped() ? 1 : 0);
            assertThat(skipped.parts()).isEqualTo(object.leftOut());
            assertThat(skipped.last()).startsWith(file + ":").hasSizeLessThan(1000);
        });
    }

    @Test
    void allOfThemInOneManifestAndTheFileIsReadAgain() throws IOException {
        Path file = folder.resolve("cluster.yaml");
        String items = hostile().stream()
                .map(each -> each.isObject() ? each.typed() : each.json())
                .collect(Collectors.joining(",\n", "[", "]"));
        Files.writeString(file, MANIFEST + "kind: List\nitems: " + items + "\n");
        KubernetesBackend backend = options(KubernetesBackend.manifests(file)).build();
        Transcript.check(backend, WELL);
        long skipped =
                hostile().stream().filter(HostileObjects.Hostile::skipped).count();
        assertThat(backend.skipped().stream().mapToLong(SkippedObjects::objects).sum())
                .isEqualTo(skipped);
        Files.writeString(file, MANIFEST.replace("192.0.2.10", "192.0.2.111") + "kind: List\nitems: " + items + "\n");
        assertThat(backend.poll()).isInstanceOf(ManifestPoll.Changed.class);
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.111");
        assertThat(backend.skipped().stream().mapToLong(SkippedObjects::objects).sum())
                .isEqualTo(2 * skipped);
        assertThat(metric(backend, "waypost_kubernetes_objects_skipped_total")).isEqualTo(2 * skipped);
        assertThat(metric(backend, "waypost_kubernetes_parts_left_out_total"))
                .isEqualTo(2L
                        * hostile().stream()
                                .mapToInt(HostileObjects.Hostile::leftOut)
                                .sum());
    }

    private static long metric(KubernetesBackend backend, String name) {
        List<Metric> metrics = new ArrayList<>();
        backend.collect(metrics::add);
        return (long) metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .map(Metric.Counter.class::cast)
                .mapToDouble(Metric.Counter::value)
                .sum();
    }

    @Test
    void hundredThousandEndpointsInOneManifest() throws IOException {
        String endpoints = IntStream.range(0, 100_000)
                .mapToObj(i -> "{addresses: ['2001:db8::" + Integer.toHexString(i >> 16) + ":"
                        + Integer.toHexString(i & 0xFFFF) + "']}")
                .collect(Collectors.joining(",\n"));
        Path file = Files.writeString(
                folder.resolve("cluster.yaml"),
                MANIFEST
                        + "{apiVersion: v1, kind: Service, metadata: {name: huge, namespace: shop}, spec: {clusterIP: None}}\n---\n"
                        + "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: huge-1, namespace: shop,"
                        + " labels: {kubernetes.io/service-name: huge}}, endpoints: [" + endpoints + "]}\n");
        KubernetesBackend backend = options(KubernetesBackend.manifests(file)).build();
        Transcript.check(backend, WELL);
        Transcript.check(backend, """
                2001-db8--1-869f.huge.shop.svc.cluster.local. AAAA = 2001:db8::1:869f
                2001-db8--1-86a0.huge.shop.svc.cluster.local. AAAA = NXDOMAIN
                """);
    }

    @Test
    void hundredThousandEndpointsWithOneAddressAndHostnamesOfTheirOwn() {
        KubernetesBackend backend = options(KubernetesBackend.inMemory()).build();
        String endpoints = IntStream.range(0, 100_000)
                .mapToObj(i -> "{addresses: [198.51.100.1], hostname: host-" + i + "}")
                .collect(Collectors.joining(","));
        String huge =
                "{apiVersion: v1, kind: Service, metadata: {name: huge, namespace: shop}, spec: {clusterIP: None}}\n---\n"
                        + "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: huge-1, namespace: shop,"
                        + " labels: {kubernetes.io/service-name: huge}}, endpoints: [" + endpoints + "]}\n";
        backend.apply(huge);
        backend.apply(huge.replace("host-77,", "other,"));
        Transcript.check(backend, """
                huge.shop.svc.cluster.local. A = 198.51.100.1
                host-99999.huge.shop.svc.cluster.local. A = 198.51.100.1
                """);
        Finding names = Transcript.find(backend, Zones.name("1.100.51.198.in-addr.arpa"), Type.PTR);
        assertThat(((Finding.Found) names).set().size()).isEqualTo(100_000);
    }

    @Test
    @DisplayName("nested deeper than any reader of JSON would go by itself")
    void deepObjectDoesNotEndTheStream() {
        try (ScriptedApiServer api = wellCluster();
                KubernetesBackend backend = watched(api)) {
            String deep = "{\"note\":" + "[".repeat(9_000) + "]".repeat(9_000) + ",\"clusterIP\":\"192.0.2.77\"}";
            api.putService("shop", "deep", deep);
            backend.start();
            await().until(() -> backend.readiness().ready());
            Transcript.check(backend, WELL + "deep.shop.svc.cluster.local. A = 192.0.2.77\n");
        }
    }
}
