package dev.waypost.kubernetes.external;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.kubernetes.ExternalZones;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

@DisplayName("What is seen from outside changes at once, and nothing else ends")
class ExternalFreshnessTest {
    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """;

    private final KubernetesBackend cluster = KubernetesBackend.inMemory().build();
    private final ExternalZones zones =
            cluster.external("example.org", "in-addr.arpa").build();
    private final ExternalZones withEndpoints =
            cluster.external("example.net").headless().build();

    ExternalFreshnessTest() {
        cluster.apply(NAMESPACE);
        cluster.apply(service("web", "[{ip: 203.0.113.10}]"));
        cluster.apply(service("inside", "[]"));
        cluster.apply(service("other", "[{ip: 203.0.113.20}]"));
    }

    private static String service(String name, String ingress) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}
                status: {loadBalancer: {ingress: %s}}
                """.formatted(name, ingress);
    }

    private static String slice(String service, String address) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
                endpoints: [{addresses: [%2$s]}]
                """.formatted(service, address);
    }

    private Finding find(String qname, int qtype) {
        return Transcript.find(zones, Zones.name(qname), qtype);
    }

    private static long serial(ExternalZones zones) {
        return ((SOARecord) zones.zones().get(0).soa().records().get(0)).getSerial();
    }

    @Test
    void newIngressAddressIsInTheNextAnswer() {
        Finding before = find("inside.shop.example.org", Type.A);
        Finding reverse = find("11.113.0.203.in-addr.arpa", Type.PTR);
        Finding network = find("0.203.in-addr.arpa", Type.PTR);
        Finding web = find("web.shop.example.org", Type.A);
        assertThat(before).isNxDomain();
        cluster.apply(service("inside", "[{ip: 203.0.113.11}]"));
        assertThat(before).holdsNoMore();
        assertThat(reverse).isNxDomain().holdsNoMore();
        assertThat(network).isNoData().holdsNoMore();
        assertThat(web).holds();
        assertThat(find("inside.shop.example.org", Type.A)).found("inside.shop.example.org. 5 A 203.0.113.11");
        assertThat(find("11.113.0.203.in-addr.arpa", Type.PTR))
                .found("11.113.0.203.in-addr.arpa. 5 PTR inside.shop.example.org.");
    }

    @Test
    void addressThatGoesIsGoneAtOnce() {
        Finding reverse = find("10.113.0.203.in-addr.arpa", Type.PTR);
        Finding other = find("20.113.0.203.in-addr.arpa", Type.PTR);
        cluster.apply(service("web", "[{hostname: lb.example.com}]"));
        assertThat(reverse).holdsNoMore();
        assertThat(other).holds();
        assertThat(find("web.shop.example.org", Type.A)).isAliasTo("lb.example.com.");
        assertThat(find("10.113.0.203.in-addr.arpa", Type.PTR)).isNxDomain();
    }

    @Test
    void secondServiceAtAnAddressIsTold() {
        Finding reverse = find("10.113.0.203.in-addr.arpa", Type.PTR);
        cluster.apply(service("other", "[{ip: 203.0.113.10}]"));
        assertThat(reverse).holdsNoMore();
        Transcript.check(zones, """
                10.113.0.203.in-addr.arpa. PTR = other.shop.example.org. | web.shop.example.org.
                """);
        cluster.delete(service("web", "[]"));
        Transcript.check(zones, """
                10.113.0.203.in-addr.arpa. PTR = other.shop.example.org.
                """);
    }

    @Test
    void namespaceTakesItsNamesWithIt() {
        Finding web = find("web.shop.example.org", Type.A);
        Finding reverse = find("10.113.0.203.in-addr.arpa", Type.PTR);
        Finding namespace = find("shop.example.org", Type.A);
        cluster.replace(NAMESPACE.replace("shop", "late"));
        assertThat(web).holdsNoMore();
        assertThat(reverse).holdsNoMore();
        assertThat(namespace).isNoData().holdsNoMore();
        assertThat(find("web.shop.example.org", Type.A)).isNxDomain();
        assertThat(find("10.113.0.203.in-addr.arpa", Type.PTR)).isNxDomain();
        assertThat(find("late.example.org", Type.A)).isNoData();
    }

    @Test
    @DisplayName("the serial moves when a service is added or deleted, too: CoreDNS's stays")
    void serialMovesWithEveryVisibleChange() {
        long first = serial(zones);
        Finding soa = find("example.org", Type.SOA);
        cluster.apply(service("late", "[{ip: 203.0.113.30}]"));
        assertThat(soa).holdsNoMore();
        long second = serial(zones);
        cluster.delete(service("late", "[]"));
        long third = serial(zones);
        cluster.apply(service("web", "[{ip: 203.0.113.12}]"));
        long fourth = serial(zones);
        cluster.apply(service("web", "[{ip: 203.0.113.12}]").replace("port: 80", "port: 81"));
        long fifth = serial(zones);
        cluster.apply(NAMESPACE.replace("shop", "new"));
        assertThat(new long[] {first, second, third, fourth, fifth, serial(zones)})
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void serialStaysWhileNothingIsSeenFromOutside() {
        long serial = serial(zones);
        long serialWithEndpoints = serial(withEndpoints);
        Finding soa = find("example.org", Type.SOA);
        cluster.apply(service("private", "[]"));
        cluster.apply(slice("private", "198.51.100.1"));
        cluster.apply(service("web", "[{ip: 203.0.113.10}]").replace("192.0.2.10", "192.0.2.11"));
        assertThat(serial(zones)).isEqualTo(serial);
        assertThat(soa).holds();
        assertThat(serial(withEndpoints)).isGreaterThan(serialWithEndpoints);
    }

    @Test
    void whatTheGrammarRulesOutIsAbsentForEver() {
        assertThat(find("a.b.c.web.shop.example.org", Type.A).freshness()).isSameAs(Freshness.always());
        assertThat(find("x.dns.example.org", Type.A).freshness()).isSameAs(Freshness.always());
        assertThat(find("x.10.113.0.203.in-addr.arpa", Type.A).freshness()).isSameAs(Freshness.always());
    }
}
