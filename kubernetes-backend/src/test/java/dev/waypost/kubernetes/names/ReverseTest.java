package dev.waypost.kubernetes.names;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PTR records: specification 2.3.3 and 2.4.3")
class ReverseTest {
    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: billing, namespace: shop}
            spec: {clusterIPs: [192.0.2.20, "2001:db8::20"]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: shop}
            spec: {clusterIP: None}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: orders-api, namespace: shop}
            spec: {clusterIP: 192.0.2.21}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.1], hostname: orders-0}, {addresses: [198.51.100.2]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-2, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.1], hostname: orders-0}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-api-1, namespace: shop, labels: {kubernetes.io/service-name: orders-api}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.2]}, {addresses: [192.0.2.20]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-6, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            addressType: IPv6
            endpoints: [{addresses: ["2001:0DB8:0:0:0:0:0:1"]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orphan, namespace: shop, labels: {kubernetes.io/service-name: gone}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.31]}]
            """;

    private final KubernetesBackend backend = backend();

    private static KubernetesBackend backend() {
        KubernetesBackend backend = KubernetesBackend.inMemory()
                .zones("in-addr.arpa", "cluster.local", "ip6.arpa", "cluster.example")
                .build();
        backend.replace(SERVICES);
        return backend;
    }

    @Test
    void clusterIpOfEitherFamilyLeadsToItsService() {
        Transcript.check(backend, """
                20.2.0.192.in-addr.arpa. PTR = billing.shop.svc.cluster.local.
                0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR = billing.shop.svc.cluster.local.
                0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.IP6.ARPA. PTR = billing.shop.svc.cluster.local.
                """);
    }

    @Test
    void endpointLeadsToItsNameInEachServiceOnce() {
        Transcript.check(backend, """
                1.100.51.198.in-addr.arpa. PTR = orders-0.orders.shop.svc.cluster.local.
                2.100.51.198.in-addr.arpa. PTR = 198-51-100-2.orders-api.shop.svc.cluster.local. | 198-51-100-2.orders.shop.svc.cluster.local.
                1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR = 2001-db8--1.orders.shop.svc.cluster.local.
                """);
    }

    @Test
    @DisplayName("no PTR leads to a name that does not exist")
    void addressWithoutAServiceHasNoName() {
        Transcript.check(backend, """
                31.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("RFC 2308, RFC 8020: other types and names above are NODATA")
    void otherTypesAndAncestorsAreNoData() {
        Transcript.check(backend, """
                20.2.0.192.in-addr.arpa. A = NODATA
                20.2.0.192.in-addr.arpa. TXT = NODATA
                2.0.192.in-addr.arpa. PTR = NODATA
                192.in-addr.arpa. PTR = NODATA
                in-addr.arpa. PTR = NODATA
                8.b.d.0.1.0.0.2.ip6.arpa. PTR = NODATA
                3.0.192.in-addr.arpa. PTR = NXDOMAIN
                9.b.d.0.1.0.0.2.ip6.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("RFC 8020: every name above an address exists, of either family, and none beside them")
    void ancestorsExistAtEveryLevel() {
        String v6 = "0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";
        for (int label = 1; label < 32; label++) {
            String ancestor = v6.substring(2 * label);
            Transcript.check(backend, ancestor + " PTR = NODATA");
            Transcript.check(backend, "f" + ancestor.substring(1) + " PTR = NXDOMAIN");
        }
        Transcript.check(backend, """
                100.51.198.in-addr.arpa. PTR = NODATA
                51.198.in-addr.arpa. PTR = NODATA
                198.in-addr.arpa. PTR = NODATA
                101.51.198.in-addr.arpa. PTR = NXDOMAIN
                52.198.in-addr.arpa. PTR = NXDOMAIN
                199.in-addr.arpa. PTR = NXDOMAIN
                """);
        backend.replace(SERVICES.substring(SERVICES.lastIndexOf("---")));
        Transcript.check(backend, "100.51.198.in-addr.arpa. PTR = NXDOMAIN"); // an orphan alone has no name
    }

    @Test
    void nameOfNoAddressDoesNotExist() {
        Transcript.check(backend, """
                21.2.0.193.in-addr.arpa. PTR = NXDOMAIN
                020.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                256.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                x.20.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                web.shop.svc.in-addr.arpa. A = NXDOMAIN
                20.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    void reverseZoneHasAnApexOfItsOwn() {
        Transcript.check(backend, """
                ns.dns.in-addr.arpa. A = NODATA
                dns.in-addr.arpa. A = NODATA
                dns-version.in-addr.arpa. TXT = NXDOMAIN
                """);
    }

    @Test
    void everyForwardZoneServesTheSame() {
        Transcript.check(backend, """
                billing.shop.svc.cluster.local. A = 192.0.2.20
                billing.shop.svc.cluster.example. A = 192.0.2.20
                198-51-100-2.orders.shop.svc.cluster.example. A = 198.51.100.2
                """);
    }
}
