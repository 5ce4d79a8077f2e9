package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.testing.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String WEB = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: 192.0.2.10}
            """;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void objectsOfSeveralFilesAndDocumentsMakeOneCluster() throws IOException {
        KubernetesBackend backend = KubernetesBackend.manifests(
                        file(
                                "a.yaml",
                                "# nothing\n---\n---\n" + WEB
                                        + "---\napiVersion: apps/v1\nkind: Deployment\nspec: [x\n]\n"),
                        file(
                                "b.json",
                                "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Service\",\n\t\"metadata\": {\"name\": \"api\"},"
                                        + "\n\t\"spec\": {\"clusterIP\": \"192.0.2.11\", \"note\": \"a \\u00e9 \\/ \\ud83d\\ude00\"}\n}"))
                .build();
        Transcript.check(backend, """
                web.shop.svc.cluster.local. A = 192.0.2.10
                api.default.svc.cluster.local. A = 192.0.2.11
                shop.svc.cluster.local. A = NODATA
                """);
        assertThat(backend.readiness().ready()).isTrue();
        assertThat(backend.serviceNames()).hasToString("[api.default.svc.cluster.local., web.shop.svc.cluster.local.]");
    }

    @Test
    void listsOfKubectlAreRead() throws IOException {
        KubernetesBackend backend = KubernetesBackend.manifests(file("get.yaml", """
                                apiVersion: v1
                                items:
                                - apiVersion: v1
                                  kind: Service
                                  metadata:
                                    creationTimestamp: 2026-11-01T00:00:00Z
                                    name: orders
                                    namespace: shop
                                    resourceVersion: "12"
                                  spec:
                                    clusterIP: None
                                  status: {loadBalancer: {}}
                                kind: List
                                metadata: {resourceVersion: ""}
                                """), file("slices.yaml", """
                                kind: EndpointSliceList
                                apiVersion: discovery.k8s.io/v1
                                items:
                                - metadata:
                                    name: orders-1
                                    namespace: shop
                                    labels: {kubernetes.io/service-name: orders}
                                    annotations: {endpoints.kubernetes.io/last-change-trigger-time: 2026-11-01T00:00:00Z}
                                  endpoints: [{addresses: [198.51.100.1]}]
                                  addressType: IPv4
                                """))
                .build();
        Transcript.check(backend, "orders.shop.svc.cluster.local. A = 198.51.100.1");
    }

    @Test
    void serviceOfAnotherApiGroupIsSomethingElse() throws IOException {
        KubernetesBackend backend = KubernetesBackend.manifests(
                        file("knative.yaml", WEB.replace("apiVersion: v1", "apiVersion: serving.knative.dev/v1")))
                .build();
        Transcript.check(backend, "web.shop.svc.cluster.local. A = NXDOMAIN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata: {name: a} | 1:1: wants an object with 'kind', found none",
                "- a | 1:1: wants an object, found a list",
                "kind: Service\\nmetadata: {name: a | 3:1: expected ',' or '}', but got <stream end>",
                "kind: Service\\n  metadata: x | 2:11: mapping values are not allowed here",
            })
    void brokenManifestIsRefusedWithFileLineAndColumn(String text, String fault) throws IOException {
        Path file = file("broken.yaml", text.replace("\\n", "\n") + "\n");
        assertThatThrownBy(() -> KubernetesBackend.manifests(file).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ":" + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Service\\nmetadata: {name: web}\\nspec: [a] | 3:7: wants an object, found a list",
                "kind: Service\\nmetadata: {name: 12} | 2:18: wants a text (quote it), found \"12\"",
                "kind: Service\\nmetadata: {name: a.b} | 1:1: 'metadata.name' wants a DNS label, found \"a.b\"",
                "kind: Service\\nmetadata: {name: a}\\nspec: {ports: [{port: x}]} | 3:23: wants a number, found \"x\"",
                "kind: Service\\nmetadata: {name: a}\\nspec: {ports: [{port: 70000}]} | 3:16: a port wants 0..65535, found 70000",
                "kind: Service\\nmetadata: {name: a}\\nspec: {clusterIP: web.example} | 3:19: clusterIPs wants addresses, found \"web.example\"",
                "kind: Service\\nmetadata: {name: a, name: b} | 2:21: 'name' stands here twice",
                "kind: Service\\nmetadata: &m {name: a}\\nspec: {<<: *m} | 3:8: merge keys ('<<') are not read; write the fields out",
            })
    void objectThatCannotBeUsedIsPassedOverInAFileAndRefusedFromAProgram(String text, String fault) throws IOException {
        String manifest = text.replace("\\n", "\n") + "\n";
        Path file = file("odd.yaml", manifest + "---\n" + WEB);
        KubernetesBackend backend = KubernetesBackend.manifests(file).build();
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
        assertThat(backend.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.resource()).isEqualTo("services");
            assertThat(skipped.objects() + skipped.parts()).isEqualTo(1);
            assertThat(skipped.last()).isEqualTo(file + ":" + fault);
        });
        KubernetesBackend memory = KubernetesBackend.inMemory().build();
        assertThatThrownBy(() -> memory.apply(manifest))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("applied manifest:" + fault);
        assertThat(memory.skipped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, 198.51.100.1", "yes, 198.51.100.1", "On, 198.51.100.1", "YES, 198.51.100.1",
        "false, NXDOMAIN", "no, NXDOMAIN", "Off, NXDOMAIN", "NO, NXDOMAIN"
    })
    void everyWordOfYamlForATruthValueIsUnderstood(String word, String answer) {
        KubernetesBackend backend = KubernetesBackend.inMemory().build();
        backend.apply("""
                kind: Service
                apiVersion: v1
                metadata: {name: orders, namespace: shop}
                spec: {clusterIP: None}
                ---
                kind: EndpointSlice
                apiVersion: discovery.k8s.io/v1
                metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
                endpoints: [{addresses: [198.51.100.1], conditions: {ready: %s}}]
                """.formatted(word));
        Transcript.check(backend, "orders.shop.svc.cluster.local. A = " + answer);
    }

    @Test
    void missingFileIsRefused() {
        Path nowhere = folder.resolve("nowhere.yaml");
        assertThatThrownBy(() -> KubernetesBackend.manifests(nowhere).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(nowhere + ": cannot be read");
    }

    @Test
    void tagsMakeNoJavaObjects() throws IOException {
        Path file = file("tag.yaml", "kind: Service\nmetadata: !!java.net.URL [\"http://192.0.2.1/\"]\n");
        assertThatThrownBy(() -> KubernetesBackend.manifests(file).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tag.yaml:2:11: Global tag is not allowed");
    }

    @Test
    void aliasesCannotBlowASmallFileUp() throws IOException {
        StringBuilder bomb = new StringBuilder("kind: List\nitems:\n- &a0 {kind: Service, metadata: {name: a}}\n");
        for (int i = 1; i < 16; i++) {
            bomb.append("- &a")
                    .append(i)
                    .append(" {kind: List, items: [")
                    .append("*a" + (i - 1) + ", *a" + (i - 1) + ", *a" + (i - 1))
                    .append("]}\n");
        }
        KubernetesBackend backend =
                KubernetesBackend.manifests(file("bomb.yaml", bomb.toString())).build();
        assertThat(backend.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.objects()).isEqualTo(15);
            assertThat(skipped.last()).endsWith("a list wants objects, found a List");
        });
    }

    @Test
    void changedFileIsSeenAtTheNextPoll() throws IOException {
        Path file = file("cluster.yaml", WEB);
        KubernetesBackend backend = KubernetesBackend.manifests(file).build();
        assertThat(backend.poll()).isInstanceOf(ManifestPoll.Unchanged.class);
        file("cluster.yaml", WEB.replace("192.0.2.10", "192.0.2.111"));
        assertThat(backend.poll()).isInstanceOf(ManifestPoll.Changed.class);
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.111");
    }

    @Test
    void brokenChangeKeepsTheOldObjectsAndSaysWhy() throws IOException {
        Path file = file("cluster.yaml", WEB);
        KubernetesBackend backend = KubernetesBackend.manifests(file).build();
        file("cluster.yaml", WEB + "  more: [");
        assertThat(backend.poll())
                .isInstanceOfSatisfying(
                        ManifestPoll.Failed.class,
                        failed -> assertThat(failed.error()).startsWith(file + ":"));
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
        Files.delete(file);
        assertThat(backend.poll()).isInstanceOf(ManifestPoll.Failed.class);
        file("cluster.yaml", WEB.replace("192.0.2.10", "192.0.2.11"));
        assertThat(backend.poll()).isInstanceOf(ManifestPoll.Changed.class);
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.11");
    }

    @Test
    void refusedChangeOfAClusterInMemoryChangesNothing() {
        KubernetesBackend backend = KubernetesBackend.inMemory().build();
        backend.apply(WEB);
        assertThatThrownBy(() -> backend.apply(WEB.replace("192.0.2.10", "192.0.2.11") + "---\nkind: [\n"))
                .isInstanceOf(ConfigurationException.class);
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
    }
}
