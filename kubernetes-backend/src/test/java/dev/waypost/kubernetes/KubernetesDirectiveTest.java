package dev.waypost.kubernetes;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.Query;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class KubernetesDirectiveTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheManifest() throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {clusterIP: 192.0.2.10}
                """);
    }

    private EnginePlan plan(String corefile) {
        return CorefilePlanner.installed().plan(corefile, "Corefile", folder);
    }

    @Test
    void manifestsAreServed() {
        String corefile = """
                .:1053 {
                    kubernetes cluster.local 192.0.2.0/24 {
                        manifests cluster.yaml
                        ttl 30
                        pods insecure
                        namespaces shop
                        noendpoints
                        endpoint_pod_names
                        startup_timeout 2s
                        fallthrough in-addr.arpa ip6.arpa
                    }
                }
                """;
        EnginePlan plan = plan(corefile);
        assertThat(plan.startupTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(plan.tasks()).hasSize(1);
        try (DnsEngine engine = DnsEngine.of(plan).start()) {
            assertThat(engine.resolve(Query.of(Zones.name("web.shop.svc.cluster.local"), Type.A)))
                    .isAuthoritative()
                    .answers("web.shop.svc.cluster.local. 30 A 192.0.2.10");
            assertThat(engine.resolve(Query.of(Zones.name("10.2.0.192.in-addr.arpa"), Type.PTR)))
                    .answers("10.2.0.192.in-addr.arpa. 30 PTR web.shop.svc.cluster.local.");
            assertThat(engine.resolve(Query.of(Zones.name("no.shop.svc.cluster.local"), Type.A)))
                    .isNxDomain()
                    .hasSoa("cluster.local.", 30);
            assertThat(engine.resolve(Query.of(Zones.name("198-51-100-1.shop.pod.cluster.local"), Type.A)))
                    .answers("198-51-100-1.shop.pod.cluster.local. 30 A 198.51.100.1");
        }
    }

    @Test
    void reverseNamesAreAnsweredInTheAddressBlocksGivenAndInNoOther() throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), """
                {kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIPs: [192.0.2.10, "2001:db8::10"]}}
                ---
                {kind: Service, metadata: {name: api, namespace: shop}, spec: {clusterIP: 192.0.2.40}}
                """);
        String corefile =
                ".:1053 {\n kubernetes 192.0.2.0/27 cluster.local 2001:db8::/32 {\n manifests cluster.yaml\n }\n}\n";
        String six = "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
        try (DnsEngine engine = DnsEngine.of(plan(corefile)).start()) {
            assertThat(engine.resolve(Query.of(Zones.name("10.2.0.192.in-addr.arpa"), Type.PTR)))
                    .answers("10.2.0.192.in-addr.arpa. 5 PTR web.shop.svc.cluster.local.");
            assertThat(engine.resolve(Query.of(Zones.name(six), Type.PTR)))
                    .answers(six + ". 5 PTR web.shop.svc.cluster.local.");
            assertThat(engine.resolve(Query.of(Zones.name("9.2.0.192.in-addr.arpa"), Type.PTR)))
                    .isNoData() // it is the apex of a zone
                    .hasSoa("9.2.0.192.in-addr.arpa.", 5);
            assertThat(engine.resolve(Query.of(Zones.name("40.2.0.192.in-addr.arpa"), Type.PTR)))
                    .hasRcode(Rcode.REFUSED);
        }
    }

    @Test
    void importedServicesAndZonalNamesAreServed() throws IOException {
        Files.writeString(folder.resolve("set.yaml"), """
                {apiVersion: multicluster.x-k8s.io/v1alpha1, kind: ServiceImport, metadata: {name: web, namespace: shop},
                 spec: {type: ClusterSetIP, ips: [192.0.2.40]}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: orders, namespace: shop}, spec: {clusterIP: None}}
                ---
                {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
                 metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}},
                 endpoints: [{addresses: [198.51.100.1], zone: eu-1a}, {addresses: [198.51.100.2], zone: eu-1b}]}
                """);
        String corefile = """
                .:1053 {
                    kubernetes cluster.local clusterset.local {
                        manifests set.yaml
                        multicluster ClusterSet.local
                        zonal
                    }
                }
                """;
        try (DnsEngine engine = DnsEngine.of(plan(corefile)).start()) {
            assertThat(engine.resolve(Query.of(Zones.name("web.shop.svc.clusterset.local"), Type.A)))
                    .isAuthoritative()
                    .answers("web.shop.svc.clusterset.local. 5 A 192.0.2.40");
            assertThat(engine.resolve(Query.of(Zones.name("no.shop.svc.clusterset.local"), Type.A)))
                    .isNxDomain()
                    .hasSoa("clusterset.local.", 5);
            assertThat(engine.resolve(Query.of(Zones.name("eu-1b.pin._zone.orders.shop.svc.cluster.local"), Type.A)))
                    .answers("eu-1b.pin._zone.orders.shop.svc.cluster.local. 5 A 198.51.100.2");
        }
    }

    @Test
    void apiServerIsServed() {
        try (ScriptedApiServer api = ScriptedApiServer.start()) {
            api.putNamespace("shop");
            api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\"}");
            String corefile = ".:1053 {\n kubernetes cluster.local in-addr.arpa ip6.arpa {\n  endpoint " + api.url()
                    + "\n  pods insecure\n  fallthrough in-addr.arpa ip6.arpa\n  ttl 30\n }\n}\n";
            try (DnsEngine engine = DnsEngine.of(plan(corefile)).start()) {
                await().until(() -> engine.awaitReady(Duration.ofMillis(100)));
                assertThat(engine.resolve(Query.of(Zones.name("web.shop.svc.cluster.local"), Type.A)))
                        .answers("web.shop.svc.cluster.local. 30 A 192.0.2.10");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upstream | Corefile:3:3: 'kubernetes' has no option 'upstream'",
            })
    void optionWeDoNotHaveIsRefusedAtItsPlace(String option, String fault) {
        assertRefused(option, fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttl abc | Corefile:3:7: 'ttl' wants a number 0..3600, found \"abc\"",
                "ttl 3601 | Corefile:3:7: 'ttl' wants a number 0..3600, found \"3601\"",
                "pods some | Corefile:3:8: 'pods' wants disabled, insecure or verified, found \"some\"",
                "endpoint ftp://x | Corefile:3:12: 'endpoint' wants an http or https URL, found \"ftp://x\"",
                "endpoint | Corefile:3:3: 'endpoint' wants a URL, found nothing",
                "tls a b | Corefile:3:3: 'tls' wants CERT KEY CA, found 2 arguments",
                "ignore all | Corefile:3:10: 'ignore' wants empty_service, found \"all\"",
                "noendpoints x | Corefile:3:15: 'noendpoints' wants no argument, found \"x\"",
                "namespaces | Corefile:3:3: 'namespaces' wants names, found none",
                "labels | Corefile:3:3: 'labels' wants a label selector, found nothing",
                "labels app in (web, shop), tier % 3 | Corefile:3:35: 'labels' wants '=', '==', '!=', 'in' or 'notin', found \"%\"",
                "labels app in (web | Corefile:3:21: 'labels' wants ',' or ')', found the end",
                "namespace_labels =a | Corefile:3:20: 'namespace_labels' wants a label's key, found \"=\"",
                "compatibility bind | Corefile:3:17: 'compatibility' wants coredns, found \"bind\"",
                "manifests | Corefile:3:3: 'manifests' wants files, found none",
                "multicluster set.example | Corefile:2:2: kubernetes backend: 'multicluster' wants some of the zones [cluster.local.], found set.example.",
                "apiserver_qps -1 | Corefile:3:17: 'apiserver_qps' wants requests a second as 5 or 0.5, below 1000000, found \"-1\"",
                "apiserver_qps | Corefile:3:3: 'apiserver_qps' wants requests a second, found 0 arguments",
                "apiserver_burst x | Corefile:3:19: 'apiserver_burst' wants a number 0..1000000, found \"x\"",
                "apiserver_max_inflight -1 | Corefile:3:26: 'apiserver_max_inflight' wants a number 0..1000000, found \"-1\"",
                "manifests cluster.yaml\\n apiserver_qps 5 | Corefile:2:2: kubernetes backend: 'apiserver_qps' wants a cluster behind an API, found manifests(...)",
                "zonal x | Corefile:3:9: 'zonal' wants no argument, found \"x\"",
            })
    void valueThatCannotBeUsedIsRefusedAtItsPlace(String option, String fault) {
        assertRefused(option.replace("\\n", "\n"), fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint http://192.0.2.1\\n kubeconfig x | Corefile:4:2: 'kubernetes' wants one of 'endpoint', 'kubeconfig' and 'manifests', found 'kubeconfig' beside 'endpoint'",
                "kubeconfig x\\n manifests cluster.yaml | Corefile:4:2: 'kubernetes' wants one of 'endpoint', 'kubeconfig' and 'manifests', found 'manifests' beside 'kubeconfig'",
                "endpoint http://192.0.2.1\\n endpoint http://192.0.2.2 | Corefile:4:2: 'kubernetes' wants one of 'endpoint', 'kubeconfig' and 'manifests', found 'endpoint' beside 'endpoint'",
                "tls a b c | Corefile:3:3: 'tls' wants an 'endpoint' beside it, found none",
                "tls a b c\\n kubeconfig x | Corefile:3:3: 'tls' wants an 'endpoint' beside it, found 'kubeconfig'",
                "manifests cluster.yaml\\n tls a b c | Corefile:4:2: 'tls' wants an 'endpoint' beside it, found 'manifests'",
            })
    void optionThatWouldBeIgnoredIsRefusedAtItsPlace(String options, String fault) {
        assertRefused(options.replace("\\n", "\n"), fault);
    }

    @Test
    void missingPemFileIsRefusedBeforeAnythingRuns() {
        Path missing = folder.resolve("cert.pem");
        assertRefused(
                "endpoint https://192.0.2.1\n  tls cert.pem key.pem ca.pem",
                "Corefile:2:2: " + missing + ": cannot be read: java.nio.file.NoSuchFileException: " + missing);
    }

    @Test
    void brokenManifestIsRefusedWithBothPlaces() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "metadata: {}\n");
        assertRefused(
                "manifests broken.yaml", "Corefile:2:2: " + broken + ":1:1: wants an object with 'kind', found none");
    }

    @Test
    void reverseZonesAloneAreRefused() {
        assertThatThrownBy(() -> plan("in-addr.arpa:1053 {\n kubernetes\n}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:2:2: 'kubernetes' wants a zone for services, found reverse zones only");
    }

    private void assertRefused(String option, String fault) {
        assertThatThrownBy(() -> plan(".:1053 {\n kubernetes cluster.local {\n  " + option + "\n }\n}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(fault);
    }
}
