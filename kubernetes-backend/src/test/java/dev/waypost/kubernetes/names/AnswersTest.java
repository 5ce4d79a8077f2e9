package dev.waypost.kubernetes.names;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.testing.Zones;
import dev.waypost.zone.FallthroughZones;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("Whole answers of a cluster's zones")
class AnswersTest {
    private static final String CLUSTER = """
            {kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}}
            ---
            {kind: Service, metadata: {name: partner, namespace: shop}, spec: {type: ExternalName, externalName: web.shop.svc.cluster.local}}
            """;

    private static DnsEngine engine(KubernetesBackendBuilder options) {
        KubernetesBackend backend =
                options.zones("cluster.local", "in-addr.arpa").build();
        backend.replace(CLUSTER);
        return DnsEngine.builder()
                .backend(backend)
                .resolver(Zones.name("."), query -> Fallthrough.FALLTHROUGH)
                .build()
                .start();
    }

    private static Resolution ask(DnsEngine engine, String qname, int qtype) {
        return engine.resolve(Query.of(Zones.name(qname), qtype));
    }

    @Test
    void everyAnswerIsAuthoritativeAndOnlyNegativeOnesCarryTheSoa() {
        try (DnsEngine engine = engine(KubernetesBackend.inMemory())) {
            assertThat(ask(engine, "web.shop.svc.cluster.local", Type.A))
                    .isAuthoritative()
                    .answers("web.shop.svc.cluster.local. 5 A 192.0.2.10")
                    .hasAuthority()
                    .hasAdditional();
            assertThat(ask(engine, "_http._tcp.web.shop.svc.cluster.local", Type.SRV))
                    .isAuthoritative()
                    .answers("_http._tcp.web.shop.svc.cluster.local. 5 SRV 0 100 80 web.shop.svc.cluster.local.")
                    .hasAuthority()
                    .hasAdditional("web.shop.svc.cluster.local. 5 A 192.0.2.10");
            assertThat(ask(engine, "web.shop.svc.cluster.local", Type.MX))
                    .isAuthoritative()
                    .isNoData();
            assertThat(ask(engine, "no.shop.svc.cluster.local", Type.A))
                    .isAuthoritative()
                    .isNxDomain();
            assertThat(ask(engine, "9.2.0.192.in-addr.arpa", Type.PTR))
                    .isAuthoritative()
                    .isNxDomain()
                    .hasSoa("in-addr.arpa.", 5);
        }
    }

    @Test
    @DisplayName("RFC 4343: any spelling is answered, and the owner keeps the question's")
    void ownerIsSpelledAsTheQuestionWas() {
        try (DnsEngine engine = engine(KubernetesBackend.inMemory())) {
            assertThat(ask(engine, "WeB.Shop.SVC.Cluster.LOCAL", Type.A))
                    .answers("WeB.Shop.SVC.Cluster.LOCAL. 5 A 192.0.2.10");
            assertThat(ask(engine, "_HTTP._Tcp.web.shop.svc.CLUSTER.local", Type.SRV))
                    .answers("_HTTP._Tcp.web.shop.svc.CLUSTER.local. 5 SRV 0 100 80 web.shop.svc.cluster.local.");
            assertThat(ask(engine, "10.2.0.192.IN-ADDR.arpa", Type.PTR))
                    .answers("10.2.0.192.IN-ADDR.arpa. 5 PTR web.shop.svc.cluster.local.");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "30, 30", "300, 300", "301, 300", "3600, 300"})
    @DisplayName("RFC 2308 section 5: a name is denied for its TTL, and for five minutes at most")
    void denialLastsAsLongAsAnAnswerUpToFiveMinutes(int ttl, int denied) {
        try (DnsEngine engine = engine(KubernetesBackend.inMemory().ttl(Duration.ofSeconds(ttl)))) {
            assertThat(ask(engine, "no.shop.svc.cluster.local", Type.A))
                    .isNxDomain()
                    .hasSoa("cluster.local.", denied);
            assertThat(ask(engine, "web.shop.svc.cluster.local", Type.TXT))
                    .isNoData()
                    .hasSoa("cluster.local.", denied);
            assertThat(ask(engine, "web.shop.svc.cluster.local", Type.A))
                    .answers("web.shop.svc.cluster.local. " + ttl + " A 192.0.2.10");
            assertThat(ask(engine, "partner.shop.svc.cluster.local", Type.CNAME))
                    .answers("partner.shop.svc.cluster.local. " + ttl + " CNAME web.shop.svc.cluster.local.");
            assertThat(ask(engine, "10.2.0.192.in-addr.arpa", Type.PTR))
                    .answers("10.2.0.192.in-addr.arpa. " + ttl + " PTR web.shop.svc.cluster.local.");
            assertThat(ask(engine, "dns-version.cluster.local", Type.TXT))
                    .answers("dns-version.cluster.local. 28800 TXT 1.1.0");
        }
    }

    @Test
    void onlyTheClassInIsAnswered() {
        try (DnsEngine engine = engine(KubernetesBackend.inMemory())) {
            Query chaos =
                    Query.of(Zones.name("web.shop.svc.cluster.local"), Type.A).withQclass(DClass.CHAOS);
            assertThat(engine.resolve(chaos)).hasRcode(Rcode.REFUSED).hasAnswer();
        }
    }

    @Test
    void onlyMissingNamesFallThroughAndOnlyInTheZonesListed() {
        FallthroughZones reverse = new FallthroughZones(List.of(Zones.name("IN-ADDR.arpa")));
        try (DnsEngine engine = engine(KubernetesBackend.inMemory().fallthrough(reverse))) {
            assertThat(ask(engine, "9.2.0.192.in-addr.arpa", Type.PTR)).hasRcode(Rcode.REFUSED);
            assertThat(ask(engine, "9.2.0.192.in-addr.ARPA", Type.PTR)).hasRcode(Rcode.REFUSED);
            assertThat(ask(engine, "10.2.0.192.in-addr.arpa", Type.A)).isNoData();
            assertThat(ask(engine, "no.shop.svc.cluster.local", Type.A)).isNxDomain();
        }
        try (DnsEngine engine = engine(KubernetesBackend.inMemory().fallthrough(FallthroughZones.ALL))) {
            assertThat(ask(engine, "no.shop.svc.cluster.local", Type.A)).hasRcode(Rcode.REFUSED);
            assertThat(ask(engine, "web.shop.svc.cluster.local", Type.AAAA)).isNoData();
            assertThat(ask(engine, "svc.cluster.local", Type.A)).isNoData();
        }
    }

    @Test
    void rotationIsNotTheClustersWork() {
        KubernetesBackend backend = KubernetesBackend.inMemory().build();
        backend.replace("""
                {kind: Service, metadata: {name: orders, namespace: shop}, spec: {clusterIP: None}}
                ---
                {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s, namespace: shop, labels: {kubernetes.io/service-name: orders}},
                 endpoints: [{addresses: [198.51.100.3]}, {addresses: [198.51.100.1]}, {addresses: [198.51.100.2]}]}
                """);
        try (DnsEngine engine = DnsEngine.builder().backend(backend).build().start()) {
            String owner = "orders.shop.svc.cluster.local. 5 A ";
            for (int i = 0; i < 3; i++) {
                assertThat(ask(engine, "orders.shop.svc.cluster.local", Type.A))
                        .answers(owner + "198.51.100.3", owner + "198.51.100.1", owner + "198.51.100.2");
            }
        }
    }

    @Test
    void zonesOfOneClusterNestAndTheNearestAnswers() {
        KubernetesBackend backend = KubernetesBackend.inMemory()
                .zones("example", "svc.shop.svc.example")
                .build();
        backend.replace("{kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 192.0.2.10}}");
        try (DnsEngine engine = DnsEngine.builder().backend(backend).build().start()) {
            assertThat(ask(engine, "web.shop.svc.example", Type.A)).answers("web.shop.svc.example. 5 A 192.0.2.10");
            assertThat(ask(engine, "web.shop.svc.svc.shop.svc.example", Type.A))
                    .answers("web.shop.svc.svc.shop.svc.example. 5 A 192.0.2.10");
            assertThat(ask(engine, "no.svc.shop.svc.example", Type.A))
                    .isNxDomain()
                    .hasSoa("svc.shop.svc.example.", 5);
            assertThat(ask(engine, "web.shop.svc.example.org", Type.A)).hasRcode(Rcode.REFUSED);
        }
        assertThat(backend.zones()).hasSize(2);
    }
}
