package dev.waypost.kubernetes.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.kubernetes.ExternalZones;
import dev.waypost.kubernetes.ExternalZonesBuilder;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.SOARecord;

@DisplayName("External zones: the names of the zone itself, and PTR")
class ExternalApexAndReverseTest {
    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: 192.0.2.10, externalIPs: [203.0.113.10, "2001:db8::10"]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: mail, namespace: shop}
            spec: {clusterIP: 192.0.2.11}
            status: {loadBalancer: {ingress: [{ip: 203.0.113.10}]}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: secret, namespace: hidden}
            spec: {clusterIP: 192.0.2.12, externalIPs: [203.0.113.12]}
            """;
    private static final String DNS = """
            apiVersion: v1
            kind: Service
            metadata: {name: resolver, namespace: shop}
            spec: {clusterIP: 192.0.2.53, externalIPs: [203.0.113.53, "2001:db8::53"]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: resolver-1, namespace: shop, labels: {kubernetes.io/service-name: resolver}}
            endpoints: [{addresses: [198.51.100.53]}]
            """;

    private final KubernetesBackend cluster = cluster("198.51.100.53");

    private static KubernetesBackend cluster(String... serverAddresses) {
        KubernetesBackend cluster = KubernetesBackend.inMemory()
                .namespaces("shop")
                .serverAddresses(List.of(serverAddresses).stream()
                        .map(ExternalApexAndReverseTest::address)
                        .toList())
                .build();
        cluster.replace(SERVICES);
        return cluster;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new AssertionError(noLiteral);
        }
    }

    private ExternalZonesBuilder zones() {
        return cluster.external("in-addr.arpa", "example.org", "example.net", "ip6.arpa");
    }

    @Test
    void addressLeadsToEveryServiceReachedThereInTheFirstZoneOfServices() {
        Transcript.check(zones().build(), """
                10.113.0.203.in-addr.arpa. PTR = mail.shop.example.org. | web.shop.example.org.
                0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR = web.shop.example.org.
                10.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                12.113.0.203.in-addr.arpa. PTR = NXDOMAIN
                256.113.0.203.in-addr.arpa. PTR = NXDOMAIN
                x.10.113.0.203.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("RFC 2308, RFC 8020: other types and names above are NODATA")
    void otherTypesAndAncestorsAreNoData() {
        Transcript.check(zones().build(), """
                10.113.0.203.in-addr.arpa. A = NODATA
                113.0.203.in-addr.arpa. PTR = NODATA
                203.in-addr.arpa. PTR = NODATA
                2.0.192.in-addr.arpa. PTR = NXDOMAIN
                in-addr.arpa. PTR = NODATA
                """);
    }

    @Test
    void reverseNamesAreAnsweredInConfiguredZonesOnly() {
        ExternalZones forward = cluster.external("example.org").build();
        assertThat(forward.zones()).hasSize(1);
    }

    @Test
    void zoneThatIsAnAddressHoldsItsPtr() {
        Transcript.check(
                cluster.external("example.org", "10.113.0.203.in-addr.arpa", "11.113.0.203.in-addr.arpa")
                        .build(),
                """
                10.113.0.203.in-addr.arpa. PTR = mail.shop.example.org. | web.shop.example.org.
                10.113.0.203.in-addr.arpa. A = NODATA
                11.113.0.203.in-addr.arpa. PTR = NODATA
                """);
    }

    @Test
    void nameServerHasTheServersOwnAddressesWhereNoServiceSelectsIt() {
        Transcript.check(zones().build(), """
                example.org. NS = ns1.dns.example.org. + ns1.dns.example.org. A 198.51.100.53
                ns1.dns.example.org. A = 198.51.100.53
                ns1.dns.example.org. AAAA = NODATA
                in-addr.arpa. NS = ns1.dns.in-addr.arpa. + ns1.dns.in-addr.arpa. A 198.51.100.53
                ns1.dns.in-addr.arpa. A = 198.51.100.53
                dns.in-addr.arpa. A = NODATA
                """);
    }

    @Test
    void nameServerHasTheExternalAddressesOfTheServicesThatSelectIt() {
        cluster.apply(DNS);
        Transcript.check(zones().build(), """
                example.org. NS = ns1.dns.example.org. + ns1.dns.example.org. A 203.0.113.53 + ns1.dns.example.org. AAAA 2001:db8::53
                ns1.dns.example.org. A = 203.0.113.53
                ns1.dns.example.org. AAAA = 2001:db8::53
                NS1.DNS.Example.ORG. A = 203.0.113.53
                """);
    }

    @Test
    void serviceWhoseClusterIpIsTheServersAddressSelectsNothing() {
        Transcript.check(cluster("192.0.2.10").external("example.org").build(), """
                ns1.dns.example.org. A = 192.0.2.10
                """);
    }

    @Test
    void headlessServiceThatSelectsTheServerGivesItsEndpoints() {
        cluster.apply(
                DNS.replace("clusterIP: 192.0.2.53, externalIPs: [203.0.113.53, \"2001:db8::53\"]", "clusterIP: None")
                        .replace("[198.51.100.53]", "[198.51.100.53]}, {addresses: [198.51.100.54]"));
        Transcript.check(zones().headless().build(), """
                ns1.dns.example.org. A = 198.51.100.53 | 198.51.100.54
                """);
    }

    @Test
    void otherNamesOfTheServerDoNotExist() {
        Transcript.check(zones().build(), """
                dns.example.org. A = NODATA
                dns.example.org. TXT = NODATA
                ns1.dns.example.org. TXT = NODATA
                ns.dns.example.org. A = NXDOMAIN
                hostmaster.dns.example.org. A = NXDOMAIN
                a.ns1.dns.example.org. A = NXDOMAIN
                """);
    }

    @Test
    void apexLabelIsChosen() {
        Transcript.check(zones().apexLabel("Infra").build(), """
                example.org. NS = ns1.infra.example.org. + ns1.infra.example.org. A 198.51.100.53
                ns1.infra.example.org. A = 198.51.100.53
                infra.example.org. A = NODATA
                dns.example.org. A = NXDOMAIN
                """);
    }

    @Test
    void serverWithoutAddressesNamesNoNameServer() {
        Transcript.check(cluster().external("example.org").build(), """
                example.org. NS = NODATA
                example.org. A = NODATA
                ns1.dns.example.org. A = NODATA
                """);
    }

    @Test
    void soaHasTheZonesOwnTtlAndNames() {
        SOARecord soa = (SOARecord) zones().ttl(Duration.ofSeconds(900))
                .build()
                .zones()
                .get(1)
                .soa()
                .records()
                .get(0);
        assertThat(soa.getTTL()).isEqualTo(900);
        assertThat(soa.rdataToString().replace("" + soa.getSerial(), "SERIAL"))
                .isEqualTo("ns1.dns.example.org. hostmaster.dns.example.org. SERIAL 7200 1800 86400 900");
    }
}
