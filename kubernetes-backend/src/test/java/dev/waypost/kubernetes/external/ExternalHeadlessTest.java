package dev.waypost.kubernetes.external;

import dev.waypost.kubernetes.ExternalZones;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("External zones: the option 'headless'")
class ExternalHeadlessTest {
    private static final String SERVICES =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: shop}
            spec: {clusterIP: None, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: reached, namespace: shop}
            spec: {clusterIP: None, externalIPs: [203.0.113.10], ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: inside, namespace: shop}
            spec: {clusterIP: 192.0.2.15, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: empty, namespace: shop}
            spec: {clusterIP: None, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: idle, namespace: shop}
            spec: {clusterIP: 192.0.2.16, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: partner, namespace: shop}
            spec: {type: ExternalName, externalName: api.partner.example}
            """ + slice("orders") + slice("reached") + slice("inside") + slice("partner");

    private static String slice(String service) {
        return """
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: http, port: 8080}]
                endpoints: [{addresses: [198.51.100.1], hostname: first}, {addresses: [198.51.100.2]}]
                """.formatted(service);
    }

    private final KubernetesBackend cluster = KubernetesBackend.inMemory().build();
    private final ExternalZones zones =
            cluster.external("example.org", "in-addr.arpa").headless().build();

    ExternalHeadlessTest() {
        cluster.replace(SERVICES);
    }

    @Test
    void headlessServiceHoldsItsEndpoints() {
        Transcript.check(zones, """
                orders.shop.example.org. A = 198.51.100.1 | 198.51.100.2
                orders.shop.example.org. AAAA = NODATA
                first.orders.shop.example.org. A = 198.51.100.1
                198-51-100-2.orders.shop.example.org. A = 198.51.100.2
                198-51-100-1.orders.shop.example.org. A = NXDOMAIN
                first.orders.shop.example.org. SRV = 0 100 8080 first.orders.shop.example.org. + first.orders.shop.example.org. A 198.51.100.1
                _http._tcp.orders.shop.example.org. SRV = 0 50 8080 198-51-100-2.orders.shop.example.org. | 0 50 8080 first.orders.shop.example.org. + 198-51-100-2.orders.shop.example.org. A 198.51.100.2 + first.orders.shop.example.org. A 198.51.100.1
                _tcp.orders.shop.example.org. SRV = NODATA
                _udp.orders.shop.example.org. SRV = NXDOMAIN
                """);
    }

    @Test
    void externalAddressWinsOverEndpoints() {
        Transcript.check(zones, """
                reached.shop.example.org. A = 203.0.113.10
                first.reached.shop.example.org. A = NXDOMAIN
                _http._tcp.reached.shop.example.org. SRV = 0 100 80 reached.shop.example.org. + reached.shop.example.org. A 203.0.113.10
                """);
    }

    @Test
    @DisplayName("endpoints of a ClusterIP service have names, and RFC 8020 makes the name above them exist")
    void endpointOfAnyServiceHasAName() {
        Transcript.check(zones, """
                first.inside.shop.example.org. A = 198.51.100.1
                inside.shop.example.org. A = NODATA
                _http._tcp.inside.shop.example.org. SRV = NXDOMAIN
                _tcp.inside.shop.example.org. SRV = NXDOMAIN
                """);
    }

    @Test
    void serviceWithoutEndpointsDoesNotExist() {
        Transcript.check(zones, """
                empty.shop.example.org. A = NXDOMAIN
                _http._tcp.empty.shop.example.org. SRV = NXDOMAIN
                idle.shop.example.org. A = NXDOMAIN
                first.idle.shop.example.org. A = NXDOMAIN
                partner.shop.example.org. A = NXDOMAIN
                first.partner.shop.example.org. A = NXDOMAIN
                """);
    }

    @Test
    void underscoreOfAnEndpointCounts() {
        Transcript.check(zones, """
                _first.orders.shop.example.org. A = NXDOMAIN
                """);
    }

    @Test
    void endpointHasNoReverseNameHere() {
        Transcript.check(zones, """
                1.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                10.113.0.203.in-addr.arpa. PTR = reached.shop.example.org.
                """);
    }
}
