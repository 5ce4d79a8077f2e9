package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.kubernetes.testing.Transcript;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.File;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Run by {@code mvn verify -Pcluster}, against the cluster of the current kubeconfig, in a namespace of its own. */
@DisplayName("A real cluster")
class ClusterIT {
    private static final Path KUBECONFIG = kubeconfig();
    private static final String NAMESPACE =
            "waypost-it-" + UUID.randomUUID().toString().substring(0, 8);

    private static ApiClient client;
    private static boolean made;

    private static Path kubeconfig() {
        String named = System.getenv("KUBECONFIG");
        return named == null || named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".kube", "config")
                : Path.of(named.split(File.pathSeparator)[0]);
    }

    @BeforeAll
    static void makeTheNamespace() throws Exception {
        assumeTrue(Files.exists(KUBECONFIG), "skipped: there is no kubeconfig at " + KUBECONFIG);
        try (Reader text = Files.newBufferedReader(KUBECONFIG)) {
            KubeConfig config = KubeConfig.loadKubeConfig(text);
            config.setFile(KUBECONFIG.toFile());
            client = ClientBuilder.kubeconfig(config).build();
        }
        assumeTrue(
                isReachable(), "skipped: the cluster of " + KUBECONFIG + " is out of reach: " + client.getBasePath());
        send("POST", "/api/v1/namespaces", object("Namespace", "v1", NAMESPACE, Map.of()), 201);
        made = true;
    }

    @AfterAll
    static void removeTheNamespace() throws Exception {
        if (made) {
            send("DELETE", "/api/v1/namespaces/" + NAMESPACE, null, 200);
        }
    }

    private static boolean isReachable() {
        try {
            return send("GET", "/version", null) == 200;
        } catch (Exception away) {
            return false;
        }
    }

    private static Map<String, Object> object(String kind, String version, String name, Map<String, Object> fields) {
        Map<String, Object> object = new HashMap<>(fields);
        object.put("kind", kind);
        object.put("apiVersion", version);
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("name", name);
        if (kind.equals("EndpointSlice")) {
            metadata.put("labels", Map.of("kubernetes.io/service-name", "orders"));
        }
        object.put("metadata", metadata);
        return object;
    }

    private static void send(String method, String path, Object body, int wanted) throws Exception {
        assertThat(send(method, path, body)).as(method + " " + path).isEqualTo(wanted);
    }

    private static int send(String method, String path, Object body) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        Request request = client.buildRequest(
                null,
                path,
                method,
                List.of(),
                List.of(),
                body,
                headers,
                new HashMap<>(),
                new HashMap<>(),
                new String[] {"BearerToken"},
                null);
        try (Response response = client.getHttpClient().newCall(request).execute()) {
            return response.code();
        }
    }

    private static String home(String resource) {
        return "/api/v1/namespaces/" + NAMESPACE + "/" + resource;
    }

    private static void answers(KubernetesBackend backend, String transcript) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> Transcript.check(backend, transcript.replace("NS", NAMESPACE)));
    }

    @Test
    void servicesComeChangeAndGo() throws Exception {
        send(
                "POST",
                home("services"),
                object(
                        "Service",
                        "v1",
                        "orders",
                        Map.of(
                                "spec",
                                Map.of("clusterIP", "None", "ports", List.of(Map.of("name", "http", "port", 80))))),
                201);
        try (KubernetesBackend backend =
                KubernetesBackend.kubeconfig(KUBECONFIG).namespaces(NAMESPACE).build()) {
            backend.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> backend.readiness().ready());
            answers(backend, """
                    orders.NS.svc.cluster.local. A = NXDOMAIN
                    missing.NS.svc.cluster.local. A = NXDOMAIN
                    """);
            send(
                    "POST",
                    "/apis/discovery.k8s.io/v1/namespaces/" + NAMESPACE + "/endpointslices",
                    object(
                            "EndpointSlice",
                            "discovery.k8s.io/v1",
                            "orders-1",
                            Map.of(
                                    "addressType", "IPv4",
                                    "ports", List.of(Map.of("name", "http", "port", 8080)),
                                    "endpoints", List.of(Map.of("addresses", List.of("198.51.100.1"))))),
                    201);
            answers(backend, """
                    orders.NS.svc.cluster.local. A = 198.51.100.1
                    _http._tcp.orders.NS.svc.cluster.local. SRV = 0 100 8080 198-51-100-1.orders.NS.svc.cluster.local. + 198-51-100-1.orders.NS.svc.cluster.local. A 198.51.100.1
                    """);
            send("DELETE", home("services/orders"), null, 200);
            answers(backend, "orders.NS.svc.cluster.local. A = NXDOMAIN");
        }
    }
}
