package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.socket.CorefileServer;
import dev.waypost.socket.ReloadOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@DisplayName("The Corefile of a cache on every node, from packet to packet")
class NodeLocalCorefileTest {
    private static final String WEB = "web.shop.svc.cluster.local";
    private static final String OUTSIDE = "www.example.com";
    private static final String STALE = "    cache 30 {\n        serve_stale 1h verify 1s 30s 1s\n    }\n";

    @TempDir
    private Path folder;

    private final Upstream cluster = Upstream.start();
    private Upstream upstream = Upstream.start();
    private CorefileServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        cluster.close();
        upstream.close();
    }

    private static String text() throws IOException {
        try (InputStream in = NodeLocalCorefileTest.class.getResourceAsStream("/nodelocal.Corefile")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path write(String corefile) throws IOException {
        return Files.writeString(folder.resolve("Corefile"), corefile);
    }

    private Dig start(String corefile, String outside) throws IOException {
        Map<String, String> environment = Map.of(
                "PORT", "0", "METRICS", "0", "HEALTH", "0", "CLUSTER_DNS", cluster.address(), "UPSTREAM", outside);
        server = CorefileServer.start(
                write(corefile), CorefilePlanner.installed().withEnvironment(environment::get));
        InetSocketAddress address = server.server().addresses().get(0);
        return Dig.udp(address.getPort());
    }

    private Dig start(String corefile) throws IOException {
        return start(corefile, upstream.address());
    }

    private String metrics() throws Exception {
        URI uri = server.server().endpoints().stream()
                .filter(each -> each.getPath().equals("/metrics"))
                .findFirst()
                .orElseThrow();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** How many questions no upstream was asked for; one that is slow may be asked twice for another. */
    private double cacheHits(String zone) throws Exception {
        String hits = "coredns_cache_hits_total{server=\"dns://127.0.0.1:0\",type=\"success\",view=\"\",zones=\"" + zone
                + "\"} ";
        return metrics()
                .lines()
                .filter(line -> line.startsWith(hits))
                .mapToDouble(line -> Double.parseDouble(line.substring(hits.length())))
                .sum();
    }

    private static boolean isStale(Message reply) {
        return reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(ExtendedErrorCodeOption.class::cast)
                .anyMatch(error -> error.getErrorCode() == ExtendedErrorCodeOption.STALE_ANSWER);
    }

    @Test
    void clusterNamesGoToTheClusterOverTcpOnce() throws Exception {
        Dig dig = start(text());
        dig.awaitAnswers(WEB, Type.A, "NOERROR", WEB + ". A " + Upstream.ADDRESS);
        double before = cacheHits("cluster.local.");
        for (int i = 0; i < 2; i++) {
            assertThat(dig.answers(WEB, Type.A)).containsExactly("NOERROR", WEB + ". A " + Upstream.ADDRESS);
        }
        dig.awaitAnswers("7.113.0.203.in-addr.arpa", Type.PTR, "NXDOMAIN");
        assertThat(cluster.asked(WEB)).containsOnly(WEB + ". A TCP");
        assertThat(cluster.asked("7.113.0.203")).containsOnly("7.113.0.203.in-addr.arpa. PTR TCP");
        assertThat(upstream.asked(WEB)).isEmpty();
        assertThat(cacheHits("cluster.local.") - before).isEqualTo(2);
    }

    @Test
    void otherNamesGoToTheUpstreamOnceWhateverTheLetters() throws Exception {
        Dig dig = start(text());
        dig.awaitAnswers(OUTSIDE, Type.A, "NOERROR", OUTSIDE + ". A " + Upstream.ADDRESS);
        double before = cacheHits(".");
        assertThat(dig.answers("WWW.Example.COM", Type.A))
                .containsExactly("NOERROR", "WWW.Example.COM. A " + Upstream.ADDRESS);
        assertThat(upstream.asked(OUTSIDE)).containsOnly(OUTSIDE + ". A UDP");
        assertThat(cluster.asked(OUTSIDE)).isEmpty();
        assertThat(cacheHits(".") - before).isEqualTo(1);
    }

    @Test
    @DisplayName("RFC 8767: an upstream that dies leaves its answers behind, told as stale, until it is back")
    void deadUpstreamLeavesItsAnswersBehind() throws Exception {
        Dig dig = start(text().replace("    cache 30\n", STALE));
        upstream.ttl(1);
        dig.awaitAnswers(OUTSIDE, Type.A, "NOERROR", OUTSIDE + ". A " + Upstream.ADDRESS);
        upstream.close();
        await().until(() -> isStale(dig.askWithEdns(OUTSIDE, Type.A)));
        Message stale = dig.askWithEdns(OUTSIDE, Type.A);
        assertThat(stale.getSection(Section.ANSWER)).singleElement().satisfies(record -> {
            assertThat(record.rdataToString()).isEqualTo(Upstream.ADDRESS);
            assertThat(record.getTTL()).isEqualTo(30);
        });
        assertThat(metrics()).containsPattern("coredns_cache_served_stale_total\\{[^}]*zones=\"\\.\"} [1-9]");
        upstream = upstream.again();
        await().until(() -> !isStale(dig.askWithEdns(OUTSIDE, Type.A)));
        assertThat(upstream.asked(OUTSIDE)).isNotEmpty();
    }

    @Test
    void withoutThatOptionADeadUpstreamIsAFailureOnceItsAnswersHaveExpired() throws Exception {
        Dig dig = start(text());
        upstream.ttl(1);
        dig.awaitAnswers(OUTSIDE, Type.A, "NOERROR", OUTSIDE + ". A " + Upstream.ADDRESS);
        upstream.close();
        await().untilAsserted(() -> assertThat(dig.answers(OUTSIDE, Type.A)).containsExactly("SERVFAIL"));
    }

    @Test
    void reloadThatLeavesABlockAsItWasLeavesItsAnswers() throws Exception {
        Dig dig = start(text());
        dig.awaitAnswers(OUTSIDE, Type.A, "NOERROR", OUTSIDE + ". A " + Upstream.ADDRESS);
        dig.awaitAnswers(WEB, Type.A, "NOERROR", WEB + ". A " + Upstream.ADDRESS);
        upstream.close();
        cluster.close();
        write(text().replace("denial 9984 5", "denial 9984 10"));
        assertThat(server.reloadNow()).isInstanceOf(ReloadOutcome.Reloaded.class);
        assertThat(dig.answers(OUTSIDE, Type.A)).containsExactly("NOERROR", OUTSIDE + ". A " + Upstream.ADDRESS);
        assertThat(dig.answers(WEB, Type.A)).as("its block has changed").containsExactly("SERVFAIL");
    }

    @Test
    @DisplayName("With Unbound as upstream, killed: what it said is told as stale")
    void unboundThatIsKilledLeavesItsAnswersBehind() throws Exception {
        try (Unbound unbound = Unbound.start(folder, OUTSIDE + ". 1 IN A 192.0.2.80")) {
            Dig dig = start(text().replace("    cache 30\n", STALE), unbound.address());
            dig.awaitAnswers(OUTSIDE, Type.A, "NOERROR", OUTSIDE + ". A 192.0.2.80");
            unbound.kill();
            await().until(() -> isStale(dig.askWithEdns(OUTSIDE, Type.A)));
            assertThat(dig.answers(OUTSIDE, Type.A)).containsExactly("NOERROR", OUTSIDE + ". A 192.0.2.80");
        }
    }
}
