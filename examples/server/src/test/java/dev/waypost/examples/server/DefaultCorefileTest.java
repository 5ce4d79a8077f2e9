package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.socket.ReloadOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("The default Kubernetes Corefile, from the API server to the packet")
class DefaultCorefileTest {
    private static final String WEB = "web.shop.svc.cluster.local";
    private static final String ORDERS = "orders.shop.svc.cluster.local";

    @TempDir
    private Path folder;

    private final ScriptedApiServer api = ScriptedApiServer.start();
    private final Upstream upstream = Upstream.start();

    @BeforeEach
    void fill() {
        api.putNamespace("shop");
        api.putService(
                "shop", "web", "{\"clusterIP\": \"192.0.2.10\", \"ports\": [{\"name\": \"http\", \"port\": 80}]}");
        api.putService(
                "shop", "orders", "{\"clusterIP\": \"None\", \"ports\": [{\"name\": \"grpc\", \"port\": 9000}]}");
        api.putService("shop", "partner", "{\"type\": \"ExternalName\", \"externalName\": \"api.partner.example\"}");
        api.putSlice("shop", "orders-1", "orders", "[{\"addresses\": [\"198.51.100.1\"]}]");
    }

    @AfterEach
    void stop() {
        api.close();
        upstream.close();
    }

    private KubernetesServer started() throws IOException {
        KubernetesServer server = KubernetesServer.start(folder, api, upstream);
        await().until(() -> server.http("/ready").startsWith("200"));
        return server;
    }

    @Test
    void clusterNamesAreServedOverUdpAndTcp() throws Exception {
        try (KubernetesServer server = started()) {
            for (Dig dig : List.of(server.udp(), server.tcp())) {
                assertThat(dig.answers(WEB, Type.A)).containsExactly("NOERROR", WEB + ". A 192.0.2.10");
                assertThat(dig.answers(WEB, Type.AAAA)).containsExactly("NOERROR");
                assertThat(dig.answers("_http._tcp." + WEB, Type.SRV))
                        .containsExactly("NOERROR", "_http._tcp." + WEB + ". SRV 0 100 80 " + WEB + ".");
                assertThat(dig.answers("198-51-100-1." + ORDERS, Type.A))
                        .containsExactly("NOERROR", "198-51-100-1." + ORDERS + ". A 198.51.100.1");
                assertThat(dig.answers("10.2.0.192.in-addr.arpa", Type.PTR))
                        .containsExactly("NOERROR", "10.2.0.192.in-addr.arpa. PTR " + WEB + ".");
                assertThat(dig.answers("nobody.shop.svc.cluster.local", Type.A)).containsExactly("NXDOMAIN");
                assertThat(dig.answers("dns-version.cluster.local", Type.TXT))
                        .containsExactly("NOERROR", "dns-version.cluster.local. TXT 1.1.0");
                assertThat(dig.answers("10-1-2-3.shop.pod.cluster.local", Type.A))
                        .containsExactly("NOERROR", "10-1-2-3.shop.pod.cluster.local. A 10.1.2.3");
            }
        }
    }

    @Test
    void aPushedChangeIsInTheNextAnswerWhateverTheTtlSaid() throws Exception {
        try (KubernetesServer server = started()) {
            assertThat(server.udp().answers(ORDERS, Type.A)).containsExactly("NOERROR", ORDERS + ". A 198.51.100.1");
            api.putSlice(
                    "shop",
                    "orders-1",
                    "orders",
                    "[{\"addresses\": [\"198.51.100.1\"]}, {\"addresses\": [\"198.51.100.2\"]}]");
            await().untilAsserted(() -> assertThat(server.udp().answers(ORDERS, Type.A))
                    .containsExactly("NOERROR", ORDERS + ". A 198.51.100.1", ORDERS + ". A 198.51.100.2"));
            api.remove("services", "shop", "orders");
            await().untilAsserted(() ->
                    assertThat(server.udp().answers(ORDERS, Type.A)).containsExactly("NXDOMAIN"));
        }
    }

    @Test
    void noCacheOptionComesBetweenAPushedChangeAndItsAnswer() throws Exception {
        try (KubernetesServer server = started()) {
            server.rewrite(KubernetesServer.text()
                    .replace(
                            "    cache 30 {",
                            "    cache 30 {\n        serve_stale 24h immediate\n        prefetch 1 1m 90%\n"
                                    + "        serve_stale_policy prefer_positive"));
            assertThat(server.running().reloadNow()).isInstanceOf(ReloadOutcome.Reloaded.class);
            assertThat(server.udp().answers(WEB, Type.A)).containsExactly("NOERROR", WEB + ". A 192.0.2.10");
            assertThat(server.udp().answers(WEB, Type.A)).containsExactly("NOERROR", WEB + ". A 192.0.2.10");
            api.remove("services", "shop", "web");
            await().untilAsserted(
                            () -> assertThat(server.udp().answers(WEB, Type.A)).containsExactly("NXDOMAIN"));
            assertThat(server.http("/metrics"))
                    .contains("coredns_cache_served_stale_total{server=\"dns://:0\",view=\"\",zones=\".\"} 0.0");
        }
    }

    @Test
    void otherNamesAreForwardedAndCached() throws Exception {
        try (KubernetesServer server = started()) {
            String[] answer = {"NOERROR", "www.example.com. A " + Upstream.ADDRESS};
            server.udp().awaitAnswers("www.example.com", Type.A, answer);
            double before = cacheHits(server);
            for (int i = 0; i < 2; i++) {
                assertThat(server.udp().answers("www.example.com", Type.A)).containsExactly(answer);
            }
            assertThat(upstream.asked("www.example.com.")).isNotEmpty(); // more than once, where it is slow
            assertThat(cacheHits(server) - before).isEqualTo(2);
        }
    }

    private static double cacheHits(KubernetesServer server) throws IOException, InterruptedException {
        String hits = "coredns_cache_hits_total{server=\"dns://:0\",type=\"success\",view=\"\",zones=\".\"} ";
        return server.http("/metrics")
                .lines()
                .filter(line -> line.startsWith(hits))
                .mapToDouble(line -> Double.parseDouble(line.substring(hits.length())))
                .sum();
    }

    @Test
    void anExternalNameIsFollowedThroughTheUpstream() throws Exception {
        try (KubernetesServer server = started()) {
            server.udp()
                    .awaitAnswers(
                            "partner.shop.svc.cluster.local",
                            Type.A,
                            "NOERROR",
                            "api.partner.example. A " + Upstream.ADDRESS,
                            "partner.shop.svc.cluster.local. CNAME api.partner.example.");
        }
    }

    @Test
    void aReverseNameOfNobodyFallsThroughToTheUpstream() throws Exception {
        try (KubernetesServer server = started()) {
            server.udp().awaitAnswers("1.113.0.203.in-addr.arpa", Type.PTR, "NXDOMAIN");
            assertThat(upstream.asked("1.113.0.203.in-addr.arpa.")).isNotEmpty();
            assertThat(server.udp().answers("nobody.shop.svc.cluster.local", Type.A))
                    .containsExactly("NXDOMAIN");
            assertThat(upstream.asked("nobody")).isEmpty();
        }
    }

    @Test
    void addressesOfOneNameAreRotated() throws Exception {
        api.putSlice(
                "shop",
                "orders-1",
                "orders",
                "[{\"addresses\": [\"198.51.100.1\", \"198.51.100.2\", \"198.51.100.3\"]}]");
        try (KubernetesServer server = started()) {
            await().until(() -> firstAnswer(server).equals("198.51.100.3"));
            await().until(() -> firstAnswer(server).equals("198.51.100.1"));
        }
    }

    private static String firstAnswer(KubernetesServer server) throws IOException {
        return server.udp().ask(ORDERS, Type.A).getSection(1).get(0).rdataToString();
    }

    @Test
    void healthReadyAndMetricsAreOnTheirPorts() throws Exception {
        try (KubernetesServer server = started()) {
            server.udp().answers(WEB, Type.A);
            server.udp().awaitAnswers("www.example.com", Type.A, "NOERROR", "www.example.com. A " + Upstream.ADDRESS);
            assertThat(server.http("/health")).isEqualTo("200 OK");
            assertThat(server.http("/ready")).isEqualTo("200 OK");
            assertThat(server.http("/metrics"))
                    .containsPattern("coredns_dns_requests_total\\{family=\"1\",proto=\"udp\",server=\"dns://:0\","
                            + "type=\"A\",view=\"\",zone=\"\\.\"} [2-9]")
                    .containsPattern("coredns_dns_responses_total\\{plugin=\"kubernetes\",rcode=\"NOERROR\"")
                    .containsPattern("coredns_dns_responses_total\\{plugin=\"forward\",rcode=\"NOERROR\"")
                    .contains("coredns_build_info")
                    .contains("coredns_plugin_enabled{name=\"kubernetes\"")
                    .contains("coredns_cache_misses_total")
                    .contains("coredns_kubernetes_rest_client_requests_total")
                    .contains("coredns_kubernetes_dns_programming_duration_seconds")
                    .contains("coredns_proxy_request_duration_seconds_bucket");
        }
    }

    @Test
    @DisplayName("An unreachable API at start is SERVFAIL with EDE 14 (RFC 8914 section 4.15), and mends itself")
    void anUnreachableApiAtStartIsServfailAndMendsItself() throws Exception {
        api.unreachable(true);
        try (KubernetesServer server = KubernetesServer.start(folder, api, upstream)) {
            Message reply = server.udp().askWithEdns(WEB, Type.A);
            assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ExtendedErrorCodeOption.class,
                            error -> assertThat(error.getErrorCode()).isEqualTo(ExtendedErrorCodeOption.NOT_READY));
            assertThat(server.udp().answers("10.2.0.192.in-addr.arpa", Type.PTR))
                    .containsExactly("SERVFAIL");
            assertThat(upstream.asked("10.2.0.192")).isEmpty();
            assertThat(server.http("/ready")).startsWith("503").contains("kubernetes");
            api.unreachable(false);
            await().untilAsserted(() ->
                    assertThat(server.udp().answers(WEB, Type.A)).containsExactly("NOERROR", WEB + ". A 192.0.2.10"));
        }
    }

    @Test
    void aBadReloadKeepsTheOldCorefileServingAndAGoodOneTakesOver() throws Exception {
        try (KubernetesServer server = started()) {
            server.rewrite(KubernetesServer.text().replace("loadbalance", "loadbalence"));
            assertThat(server.running().reloadNow())
                    .isInstanceOfSatisfying(
                            ReloadOutcome.Rejected.class,
                            rejected -> assertThat(rejected.cause())
                                    .hasMessageContaining("Corefile:23:5")
                                    .hasMessageContaining("'loadbalance'"));
            assertThat(server.udp().answers(WEB, Type.A)).containsExactly("NOERROR", WEB + ". A 192.0.2.10");
            assertThat(server.http("/metrics")).containsPattern("coredns_reload_failed_total [1-9]");
            server.rewrite(KubernetesServer.text().replace("pods insecure", "pods disabled"));
            assertThat(server.running().reloadNow()).isInstanceOf(ReloadOutcome.Reloaded.class);
            assertThat(server.udp().answers("10-1-2-3.shop.pod.cluster.local", Type.A))
                    .containsExactly("NXDOMAIN");
            assertThat(server.udp().answers(WEB, Type.A)).containsExactly("NOERROR", WEB + ". A 192.0.2.10");
        }
    }
}
