package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import dev.waypost.kubernetes.kubedns.KubeDnsConfig;
import dev.waypost.testing.DnsAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

@DisplayName("A kube-dns ConfigMap with the directives of all modules")
class KubeDnsTranslationTest {
    @TempDir
    private Path folder;

    private Path configMap(String stubDomains, String upstreamNameservers) throws IOException {
        return Files.writeString(folder.resolve("kube-dns.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: kube-dns, namespace: kube-system}
                data:
                  stubDomains: |
                    %s
                  upstreamNameservers: |
                    %s
                """.formatted(stubDomains, upstreamNameservers));
    }

    @Test
    void stubDomainsTheClusterAndAllOtherNamesAreAnsweredEachByItsOwn() throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {clusterIP: 192.0.2.10}
                """);
        try (Upstream stub = Upstream.start();
                Upstream other = Upstream.start()) {
            Path file = configMap(
                    "{\"acme.example\": [\"%s\"]}".formatted(stub.address()), "[\"%s\"]".formatted(other.address()));
            String corefile = KubeDnsConfig.read(file)
                    .toCorefile("kubernetes cluster.local in-addr.arpa {\n    manifests cluster.yaml\n}");
            EnginePlan plan = CorefilePlanner.installed().withDefaultPort(0).plan(corefile, "Corefile", folder);
            assertThat(plan.zones())
                    .extracting(ZonePlan::origin)
                    .extracting(Name::toString)
                    .containsExactly(".", "acme.example.");
            try (DnsEngine engine = DnsEngine.of(plan).start()) {
                assertAddress(engine, "www.acme.example.", Upstream.ADDRESS);
                assertAddress(engine, "www.example.com.", Upstream.ADDRESS);
                assertAddress(engine, "web.shop.svc.cluster.local.", "192.0.2.10");
            }
            assertThat(stub.asked("www")).containsOnly("www.acme.example. A UDP");
            assertThat(other.asked("www")).containsOnly("www.example.com. A UDP");
        }
    }

    private static void assertAddress(DnsEngine engine, String qname, String address) {
        Name name = Name.fromConstantString(qname);
        // a slow upstream is SERVFAIL at first
        await().untilAsserted(() -> assertThat(DnsAssertions.response(engine.resolve(Query.of(name, Type.A)))
                        .answer())
                .flatExtracting(RecordSet::records)
                .extracting(Record::rdataToString)
                .containsExactly(address));
    }

    @Test
    void theServerPrintsTheCorefile() throws Exception {
        configMap("{\"acme.example\": [\"192.0.2.53:5353\"]}", "[\"192.0.2.1\", \"192.0.2.2\"]");
        try (ServerProcess server = ServerProcess.start(folder, "-kubedns-config", "kube-dns.yaml")) {
            assertThat(server.exitCode()).isZero();
            assertThat(String.join("\n", server.lines())).isEqualTo("""
                    . {
                        errors
                        health
                        ready
                        prometheus :9153
                        kubernetes cluster.local in-addr.arpa ip6.arpa {
                            pods insecure
                            fallthrough in-addr.arpa ip6.arpa
                            ttl 30
                        }
                        reload
                        loadbalance
                        cache 30
                        loop
                        forward . 192.0.2.1 192.0.2.2
                    }
                    acme.example {
                        errors
                        cache 30
                        loop
                        forward . 192.0.2.53:5353
                    }""");
        }
    }

    @Test
    void aServerNamedByNameIsRefusedAtItsPlaceInTheConfigMap() throws IOException {
        Path file = configMap("{\"acme.example\": [\"dns.acme.example\"]}", "[]");
        assertThatThrownBy(() -> KubeDnsTranslation.of(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        file + ":6:23: 'stubDomains' wants IP[:port], found \"dns.acme.example\"; a server's name is"
                                + " not looked up through the host");
    }
}
