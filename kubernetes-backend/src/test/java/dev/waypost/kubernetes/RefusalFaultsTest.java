package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ScriptedApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("68, 73: a server that refuses, fails or does not know us any more")
class RefusalFaultsTest {
    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    @DisplayName("68: 429, 503, 500 and a proxy's page are waited out")
    void refusalsAreWaitedOut() {
        api.nextList(SERVICES, stream -> stream.reply(429, Map.of("Retry-After", "0"), "{}"));
        api.nextList(SERVICES, stream -> stream.refuse(503, "shutting down"));
        api.nextList(SERVICES, stream -> stream.reply(200, Map.of(), "<html>a proxy</html>"));
        api.nextWatch(SERVICES, stream -> stream.refuse(500, "etcd is away"));
        cluster.startAndWait();
        assertThat(api.requests(SERVICES, false)).hasSize(4);
        await().until(() -> cluster.report(SERVICES).lastError().isEmpty());
    }

    @Test
    @DisplayName("68: Retry-After is kept")
    void retryAfterIsKept() {
        api.nextList(SERVICES, stream -> stream.reply(429, Map.of("Retry-After", "1"), "{}"));
        long began = System.nanoTime();
        cluster.startAndWait();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("68: a storm of 500s over list and watch ends in the right answers, without a list for each")
    void stormOfServerErrorsIsWeathered() throws IOException {
        cluster.startAndWait();
        for (int i = 0; i < 20; i++) {
            api.nextWatch(SERVICES, stream -> stream.refuse(500, "etcd leader changed"));
        }
        api.putService("shop", "late", "{\"clusterIP\":\"192.0.2.12\"}");
        api.reset(SERVICES);
        cluster.answers("late.shop.svc.cluster.local. A = 192.0.2.12");
        await().until(() -> api.requests(SERVICES, true).size() == 22);
        assertThat(api.requests(SERVICES, false)).hasSize(1);
        await().until(() -> cluster.report(SERVICES).lastError().isEmpty());
    }

    @Test
    @DisplayName("73: a token that has turned on disk is read again after a 401, amid a watch too")
    void turnedTokenIsReadAgain() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "old");
        Path config = Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: here, cluster: {server: "%s"}}]
                users: [{name: me, user: {tokenFile: "%s"}}]
                contexts: [{name: right, context: {cluster: here, user: me}}]
                current-context: right
                """.formatted(api.url(), token));
        api.wantToken("old");
        try (KubernetesBackend backend = KubernetesBackend.kubeconfig(config)
                .timings(WatchedCluster.QUICK)
                .build()) {
            backend.start();
            await().until(() -> backend.readiness().ready());
            await().until(() -> api.watchers(SERVICES) == 1);
            api.wantToken("new");
            api.cut(SERVICES);
            await().until(() -> backend.watches().stream()
                    .anyMatch(watch -> watch.lastError().contains("401")));
            Files.writeString(token, "new");
            api.putService("shop", "late", "{\"clusterIP\":\"192.0.2.12\"}");
            await().until(() -> backend.serviceNames().size() == 3);
            assertThat(api.requests(SERVICES, false)).hasSize(1);
        }
    }

    @Test
    @DisplayName("68: a refusal by RBAC says which verb, resource and namespace are missing")
    void refusalByRbacSaysWhatIsMissing() {
        api.forbid(SERVICES, "");
        cluster.backend().start();
        await().until(() -> cluster.backend().readiness().reason().contains("403"));
        assertThat(cluster.backend().readiness().reason())
                .contains("the account wants the verbs list and watch on services in all namespaces");
        api.allow(SERVICES, "");
        await().until(() -> cluster.backend().readiness().ready());
    }
}
