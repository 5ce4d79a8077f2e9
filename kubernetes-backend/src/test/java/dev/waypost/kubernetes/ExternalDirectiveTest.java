package dev.waypost.kubernetes;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.ExtendedError;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("the directive k8s_external, from Corefile to answer")
class ExternalDirectiveTest {
    private static final String COREFILE = """
            .:1053 {
                kubernetes cluster.local 192.0.2.0/24 {
                    manifests cluster.yaml
                    ttl 30
                }
                k8s_external example.org 203.0.113.0/24 {
                    apex Infra
                    ttl 60
                    headless
                    fallthrough in-addr.arpa
                }
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheManifest() throws IOException {
        write("[{ip: 203.0.113.10}]");
    }

    private void write(String ingress) throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}
                status: {loadBalancer: {ingress: %s}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: inside, namespace: shop}
                spec: {clusterIP: 192.0.2.11}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: orders, namespace: shop}
                spec: {clusterIP: None}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
                ports: [{name: http, port: 8080}]
                endpoints: [{addresses: [198.51.100.1], hostname: first}]
                """.formatted(ingress));
    }

    private EnginePlan plan(String corefile) {
        return CorefilePlanner.installed().plan(corefile, "Corefile", folder);
    }

    private static Resolution ask(DnsEngine engine, String qname, int qtype) {
        return engine.resolve(Query.of(Zones.name(qname), qtype));
    }

    @Test
    void clusterOfTheBlockIsShownFromOutside() {
        try (DnsEngine engine = DnsEngine.of(plan(COREFILE)).start()) {
            assertThat(ask(engine, "web.shop.example.org", Type.A))
                    .isAuthoritative()
                    .answers("web.shop.example.org. 60 A 203.0.113.10");
            assertThat(ask(engine, "first.orders.shop.example.org", Type.A))
                    .answers("first.orders.shop.example.org. 60 A 198.51.100.1");
            assertThat(ask(engine, "10.113.0.203.in-addr.arpa", Type.PTR))
                    .answers("10.113.0.203.in-addr.arpa. 60 PTR web.shop.example.org.");
            assertThat(ask(engine, "inside.shop.example.org", Type.A))
                    .isNxDomain()
                    .hasSoa("example.org.", 60);
            assertThat(ask(engine, "web.shop.svc.cluster.local", Type.A))
                    .answers("web.shop.svc.cluster.local. 30 A 192.0.2.10");
        }
    }

    @Test
    @DisplayName("the zone's own TTL is that of every record: CoreDNS gives SRV and CNAME the cluster's")
    void everyRecordHasTheZonesOwnTtl() throws IOException {
        write("[{ip: 203.0.113.10}, {hostname: lb.example.net}]");
        try (DnsEngine engine = DnsEngine.of(plan(COREFILE)).start()) {
            assertThat(ask(engine, "_http._tcp.web.shop.example.org", Type.SRV))
                    .answersInAnyOrder(
                            "_http._tcp.web.shop.example.org. 60 SRV 0 50 80 web.shop.example.org.",
                            "_http._tcp.web.shop.example.org. 60 SRV 0 50 80 lb.example.net.")
                    .hasAdditional("web.shop.example.org. 60 A 203.0.113.10");
        }
        write("[{hostname: lb.example.net}]");
        try (DnsEngine engine = DnsEngine.of(plan(COREFILE)).start()) {
            assertThat(ask(engine, "web.shop.example.org", Type.CNAME))
                    .answers("web.shop.example.org. 60 CNAME lb.example.net.");
        }
    }

    @Test
    void hostnameIsFollowedThroughTheEngine() throws IOException {
        write("[{hostname: web.shop.svc.cluster.local}]");
        try (DnsEngine engine = DnsEngine.of(plan(COREFILE)).start()) {
            assertThat(ask(engine, "web.shop.example.org", Type.A))
                    .answers(
                            "web.shop.example.org. 60 CNAME web.shop.svc.cluster.local.",
                            "web.shop.svc.cluster.local. 30 A 192.0.2.10");
        }
    }

    @Test
    void missingNameFallsThroughWhereItMay() {
        String corefile = COREFILE.replace("192.0.2.0/24", "in-addr.arpa").replace("203.0.113.0/24", "in-addr.arpa");
        try (DnsEngine engine = DnsEngine.of(plan(corefile)).start()) {
            assertThat(ask(engine, "10.2.0.192.in-addr.arpa", Type.PTR))
                    .answers("10.2.0.192.in-addr.arpa. 30 PTR web.shop.svc.cluster.local.");
            assertThat(ask(engine, "10.113.0.203.in-addr.arpa", Type.PTR))
                    .answers("10.113.0.203.in-addr.arpa. 60 PTR web.shop.example.org.");
            assertThat(ask(engine, "missing.shop.example.org", Type.A)).isNxDomain();
        }
    }

    @Test
    void onlyMissingNamesFallThrough() {
        String corefile = COREFILE.replace("fallthrough in-addr.arpa", "fallthrough");
        try (DnsEngine engine = DnsEngine.of(plan(corefile)).start()) {
            assertThat(ask(engine, "web.shop.example.org", Type.TXT)).isNoData().hasSoa("example.org.", 60);
            assertThat(ask(engine, "missing.shop.example.org", Type.A)).hasRcode(Rcode.REFUSED);
        }
    }

    @Test
    void changeOfTheIngressIsInTheNextAnswer() throws Exception {
        EnginePlan plan = plan(COREFILE);
        try (DnsEngine engine = DnsEngine.of(plan).start()) {
            Resolution before = ask(engine, "web.shop.example.org", Type.A);
            write("[{ip: 203.0.113.199}]"); // longer: one tick of the file system's clock may see both
            for (PeriodicTask task : plan.tasks()) {
                task.work().run();
            }
            assertThat(before).holdsNoMore();
            assertThat(ask(engine, "web.shop.example.org", Type.A)).answers("web.shop.example.org. 60 A 203.0.113.199");
        }
    }

    @Test
    @DisplayName("an unsynced name is not denied (CoreDNS: NXDOMAIN), nor looked for elsewhere")
    void namesAreNotDeniedBeforeTheClusterIsKnown() {
        try (ScriptedApiServer api = ScriptedApiServer.start()) {
            api.putNamespace("shop");
            api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\",\"externalIPs\":[\"203.0.113.10\"]}");
            String corefile = ".:1053 {\n k8s_external example.org 203.0.113.0/24 {\n fallthrough\n }\n"
                    + " kubernetes cluster.local {\n  endpoint " + api.url() + "\n }\n}\n";
            DnsEngine engine = DnsEngine.of(plan(corefile));
            assertThat(ask(engine, "web.shop.example.org", Type.A))
                    .hasRcode(Rcode.SERVFAIL)
                    .hasExtendedError(ExtendedError.NOT_READY);
            assertThat(ask(engine, "10.113.0.203.in-addr.arpa", Type.PTR)).hasRcode(Rcode.SERVFAIL);
            assertThat(engine.readiness().get("k8s_external").ready()).isFalse();
            try (DnsEngine started = engine.start()) {
                await().until(() -> started.awaitReady(Duration.ofMillis(100)));
                assertThat(ask(started, "web.shop.example.org", Type.A))
                        .answers("web.shop.example.org. 5 A 203.0.113.10");
                api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\",\"externalIPs\":[\"203.0.113.11\"]}");
                await().untilAsserted(() -> assertThat(ask(started, "web.shop.example.org", Type.A))
                        .answers("web.shop.example.org. 5 A 203.0.113.11"));
            }
        }
    }

    @Test
    void theBlocksOwnZonesAreMeantWhereNoneIsNamed() {
        String corefile =
                "example.org:1053 {\n k8s_external\n kubernetes cluster.local {\n manifests cluster.yaml\n }\n}\n";
        try (DnsEngine engine = DnsEngine.of(plan(corefile)).start()) {
            assertThat(ask(engine, "web.shop.example.org", Type.A)).answers("web.shop.example.org. 5 A 203.0.113.10");
        }
    }

    @Test
    void clusterOfAnotherBlockIsNotTaken() {
        assertThatThrownBy(() -> plan("example.org:1053 {\n k8s_external\n}\n"
                        + "cluster.local:1053 {\n kubernetes {\n manifests cluster.yaml\n }\n}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:2:2: 'k8s_external' wants 'kubernetes' in the same server block, found none");
    }

    @Test
    void reverseZonesAloneAreRefused() {
        assertThatThrownBy(() -> plan(".:1053 {\n k8s_external in-addr.arpa\n kubernetes cluster.local\n}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:2:2: 'k8s_external' wants a zone for services, found reverse zones only");
    }

    @Test
    void zoneTooLongToNameItsServerIsRefused() {
        String zone = ("x".repeat(60) + ".").repeat(4);
        assertThatThrownBy(() -> plan(".:1053 {\n k8s_external " + zone + "\n kubernetes cluster.local\n}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "Corefile:2:2: external zones: a zone wants room for 'hostmaster.dns' in 255 octets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttl abc | Corefile:3:7: 'ttl' wants a number 0..3600, found \"abc\"",
                "ttl 3601 | Corefile:3:7: 'ttl' wants a number 0..3600, found \"3601\"",
                "ttl | Corefile:3:3: 'ttl' wants seconds, found 0 arguments",
                "apex a.b | Corefile:3:8: 'apex' wants one DNS label, found \"a.b\"",
                "apex | Corefile:3:3: 'apex' wants a label, found 0 arguments",
                "apex a b | Corefile:3:10: 'apex' wants a label, found 2 arguments",
                "headless yes | Corefile:3:12: 'headless' wants no argument, found \"yes\"",
                "fallthrough a..b | Corefile:3:15: 'zone' wants a domain name",
                "upstream | Corefile:3:3: 'k8s_external' has no option 'upstream'",
            })
    void valueThatCannotBeUsedIsRefusedAtItsPlace(String option, String fault) {
        assertThatThrownBy(() -> plan(
                        ".:1053 {\n k8s_external example.org {\n  " + option + "\n }\n kubernetes cluster.local\n}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(fault);
    }
}
