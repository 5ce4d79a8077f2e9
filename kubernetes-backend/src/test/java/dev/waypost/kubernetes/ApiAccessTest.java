package dev.waypost.kubernetes;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.badRequest;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who we are to the API server, and what we ask it")
class ApiAccessTest {
    @TempDir
    private Path folder;

    private Path kubeconfig(URI server, String user) throws IOException {
        return Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: here, cluster: {server: "%s"}}
                - {name: elsewhere, cluster: {server: "http://192.0.2.1"}}
                users:
                - {name: me, user: {%s}}
                contexts:
                - {name: wrong, context: {cluster: elsewhere, user: me}}
                - {name: right, context: {cluster: here, user: me}}
                current-context: wrong
                """.formatted(server, user));
    }

    @Test
    void theApiServersHostIsToldToWhoeverResolvesForTheJvm() throws IOException {
        Path kubeconfig = kubeconfig(URI.create("https://api.example.com:6443"), "");
        assertThat(KubernetesBackend.kubeconfig(kubeconfig, "right").build().ownHosts())
                .containsExactly("api.example.com");
        assertThat(KubernetesBackend.api(URI.create("https://api.example.org"))
                        .build()
                        .ownHosts())
                .containsExactly("api.example.org");
        assertThat(KubernetesBackend.inMemory().build().ownHosts()).isEmpty();
    }

    @Test
    void tokenAndPagesAreAskedForAsTheApiWantsThem() {
        WireMockServer wire =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        wire.start();
        String first = "{\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"a b/c=\"},\"items\":[]}";
        String last = "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[]}";
        for (String path :
                List.of("/api/v1/services", "/api/v1/namespaces", "/apis/discovery.k8s.io/v1/endpointslices")) {
            wire.stubFor(get(urlPathEqualTo(path))
                    .withQueryParam("continue", absent())
                    .willReturn(okJson(first)));
            wire.stubFor(get(urlPathEqualTo(path))
                    .withQueryParam("continue", equalTo("a b/c="))
                    .willReturn(okJson(last)));
            wire.stubFor(get(urlPathEqualTo(path))
                    .withQueryParam("watch", equalTo("true"))
                    .willReturn(okJson("")));
            wire.stubFor(get(urlPathEqualTo(path))
                    .withQueryParam("sendInitialEvents", equalTo("true"))
                    .willReturn(badRequest()));
        }
        try (KubernetesBackend backend = KubernetesBackend.api(URI.create("http://127.0.0.1:" + wire.port()))
                .token("s3cret")
                .build()) {
            backend.start();
            await().until(() -> backend.readiness().ready());
            await().untilAsserted(() -> wire.verify(getRequestedFor(urlPathEqualTo("/api/v1/services"))
                    .withQueryParam("watch", equalTo("true"))
                    .withQueryParam("resourceVersion", equalTo("7"))
                    .withQueryParam("allowWatchBookmarks", equalTo("true"))
                    .withQueryParam("timeoutSeconds", matching("[345]\\d\\d"))));
            wire.verify(getRequestedFor(urlPathEqualTo("/api/v1/services"))
                    .withQueryParam("limit", equalTo("500"))
                    .withQueryParam("continue", equalTo("a b/c="))
                    .withHeader("Authorization", equalTo("Bearer s3cret"))
                    .withHeader("User-Agent", equalTo("waypost")));
            List<Metric> metrics = new ArrayList<>();
            backend.collect(metrics::add);
            assertThat(metrics)
                    .filteredOn(metric -> metric.name().equals("coredns_kubernetes_rest_client_requests_total")
                            && "200".equals(metric.labels().get("code")))
                    .singleElement()
                    .satisfies(metric -> assertThat(metric.labels())
                            .containsEntry("method", "GET")
                            .containsEntry("code", "200")
                            .containsEntry("host", "127.0.0.1"));
        } finally {
            wire.stop();
        }
    }

    @Test
    @DisplayName("73: a token that turns on disk is read again after 401")
    void turnedTokenIsReadAgain() throws IOException {
        try (ScriptedApiServer api = ScriptedApiServer.start()) {
            api.wantToken("new");
            Path token = Files.writeString(folder.resolve("token"), "old");
            Path config = kubeconfig(api.url(), "tokenFile: \"" + token + "\"");
            try (KubernetesBackend backend = KubernetesBackend.kubeconfig(config, "right")
                    .timings(WatchedCluster.QUICK)
                    .build()) {
                backend.start();
                await().until(() -> backend.readiness().reason().contains("401"));
                Files.writeString(token, "new");
                await().until(() -> backend.readiness().ready());
            }
        }
    }

    @Test
    void kubeconfigThatCannotBeUsedIsRefused() throws IOException {
        Path config = kubeconfig(URI.create("http://192.0.2.1"), "token: x");
        assertThatThrownBy(() -> KubernetesBackend.kubeconfig(config, "missing").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(config + ": wants a context that it holds, found \"missing\"");
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> KubernetesBackend.kubeconfig(nowhere).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(nowhere + ": cannot be read");
        Path garbage = Files.writeString(folder.resolve("garbage"), "[1, 2");
        assertThatThrownBy(() -> KubernetesBackend.kubeconfig(garbage).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(garbage + ": is no kubeconfig");
    }

    @Test
    void credentialsThatWouldBeIgnoredAreRefused() {
        Path file = folder.resolve("any.pem");
        assertRefused(KubernetesBackend.inMemory().token("x"), "'token' wants api(url), found inMemory()");
        assertRefused(KubernetesBackend.inCluster().token("x"), "'token' wants api(url), found inCluster()");
        assertRefused(
                KubernetesBackend.manifests().tls(file, file, file), "'tls' wants api(url), found manifests(...)");
        assertRefused(
                KubernetesBackend.kubeconfig(file).authority(file),
                "'authority' wants api(url), found kubeconfig(...)");
        assertRefused(
                KubernetesBackend.api(URI.create("https://192.0.2.1"))
                        .tls(file, file, file)
                        .token("x"),
                "wants either 'token' or a client certificate, found both");
    }

    private static void assertRefused(KubernetesBackendBuilder builder, String fault) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: " + fault);
    }

    @Test
    void pemFilesAreReadWhenTheBackendIsBuilt() throws IOException {
        KubernetesBackendBuilder builder = KubernetesBackend.api(URI.create("https://192.0.2.1"));
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(builder.authority(missing)::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(missing + ": cannot be read");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "no certificate");
        assertThatThrownBy(builder.authority(garbage)::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("https://192.0.2.1: wants certificates and a key in PEM");
    }

    @Test
    void pureReverseZonesAreRefused() {
        assertThatThrownBy(
                        () -> KubernetesBackend.inMemory().zones("in-addr.arpa").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("wants a zone for services");
    }
}
