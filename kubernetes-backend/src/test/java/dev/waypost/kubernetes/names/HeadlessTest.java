package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.RecordSet;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("Headless services: specification 2.4")
class HeadlessTest {
    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: shop}
            spec: {clusterIP: None, ports: [{name: grpc, port: 1}, {name: http, port: 2}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            addressType: IPv4
            ports: [{name: grpc, port: 9000}, {name: http, port: 8080}]
            endpoints:
              - {addresses: [198.51.100.1], hostname: orders-0, conditions: {ready: true}}
              - {addresses: [198.51.100.2], conditions: {}}
              - {addresses: [198.51.100.3], conditions: {ready: false, serving: true, terminating: true}}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-6, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            addressType: IPv6
            ports: [{name: grpc, port: 9000}]
            endpoints: [{addresses: ["2001:db8::1"]}, {addresses: ["2001:db8:1::"]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: twins, namespace: shop}
            spec: {clusterIP: None}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: twins-1, namespace: shop, labels: {kubernetes.io/service-name: twins}}
            addressType: IPv4
            ports: [{name: db, port: 5432}]
            endpoints:
              - {addresses: [198.51.100.11, 198.51.100.12], hostname: twin}
              - {addresses: [198.51.100.13], hostname: twin}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: empty, namespace: shop}
            spec: {clusterIP: None, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: portless, namespace: shop}
            spec: {clusterIP: None}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: portless-1, namespace: shop, labels: {kubernetes.io/service-name: portless}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.21]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orphan, namespace: shop, labels: {kubernetes.io/service-name: gone}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.31]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: named, namespace: shop, labels: {kubernetes.io/service-name: empty}}
            addressType: FQDN
            endpoints: [{addresses: [backend.example.net]}]
            """;

    private final KubernetesBackend backend = backend();

    private static KubernetesBackend backend() {
        KubernetesBackend backend = KubernetesBackend.inMemory().build();
        backend.replace(SERVICES);
        return backend;
    }

    @Test
    void nameHoldsEveryReadyEndpointOfAllSlices() {
        Transcript.check(backend, """
                orders.shop.svc.cluster.local. A = 198.51.100.1 | 198.51.100.2
                orders.shop.svc.cluster.local. AAAA = 2001:db8:1:: | 2001:db8::1
                twins.shop.svc.cluster.local. A = 198.51.100.11 | 198.51.100.12 | 198.51.100.13
                """);
    }

    @Test
    void endpointHasExactlyOneName() {
        Transcript.check(backend, """
                orders-0.orders.shop.svc.cluster.local. A = 198.51.100.1
                ORDERS-0.orders.shop.svc.cluster.local. A = 198.51.100.1
                198-51-100-1.orders.shop.svc.cluster.local. A = NXDOMAIN
                198-51-100-2.orders.shop.svc.cluster.local. A = 198.51.100.2
                198-51-100-2.orders.shop.svc.cluster.local. AAAA = NODATA
                198-51-100-3.orders.shop.svc.cluster.local. A = NXDOMAIN
                2001-db8--1.orders.shop.svc.cluster.local. AAAA = 2001:db8::1
                2001-db8-1--0.orders.shop.svc.cluster.local. AAAA = 2001:db8:1::
                twin.twins.shop.svc.cluster.local. A = 198.51.100.11 | 198.51.100.12 | 198.51.100.13
                missing.orders.shop.svc.cluster.local. A = NXDOMAIN
                missing.orders.shop.svc.cluster.local. TXT = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("addresses are compared as octets, so every spelling of one names its endpoint")
    void expandedSpellingNamesTheEndpointToo() {
        Transcript.check(backend, """
                2001-0db8-0-0-0-0-0-1.orders.shop.svc.cluster.local. AAAA = 2001:db8::1
                """);
    }

    @Test
    void srvHasARowForEachEndpointAndPort() {
        Transcript.check(backend, """
                _http._tcp.orders.shop.svc.cluster.local. SRV = 0 50 8080 198-51-100-2.orders.shop.svc.cluster.local. | 0 50 8080 orders-0.orders.shop.svc.cluster.local. + 198-51-100-2.orders.shop.svc.cluster.local. A 198.51.100.2 + orders-0.orders.shop.svc.cluster.local. A 198.51.100.1
                orders-0.orders.shop.svc.cluster.local. SRV = 0 50 8080 orders-0.orders.shop.svc.cluster.local. | 0 50 9000 orders-0.orders.shop.svc.cluster.local. + orders-0.orders.shop.svc.cluster.local. A 198.51.100.1
                _ftp._tcp.orders.shop.svc.cluster.local. SRV = NXDOMAIN
                """);
        assertThat(srv("_grpc._tcp.orders.shop.svc.cluster.local.").size()).isEqualTo(4);
        assertThat(srv("orders.shop.svc.cluster.local.").size()).isEqualTo(6);
    }

    @Test
    void endpointsThatShareAHostnameShareARow() {
        Transcript.check(backend, """
                _db._tcp.twins.shop.svc.cluster.local. SRV = 0 33 5432 twin.twins.shop.svc.cluster.local. + twin.twins.shop.svc.cluster.local. A 198.51.100.11 + twin.twins.shop.svc.cluster.local. A 198.51.100.12 + twin.twins.shop.svc.cluster.local. A 198.51.100.13
                """);
    }

    @Test
    void serviceWithoutReadyEndpointDoesNotExist() {
        Transcript.check(backend, """
                empty.shop.svc.cluster.local. A = NXDOMAIN
                empty.shop.svc.cluster.local. TXT = NXDOMAIN
                _http._tcp.empty.shop.svc.cluster.local. SRV = NXDOMAIN
                gone.shop.svc.cluster.local. A = NXDOMAIN
                """);
    }

    @Test
    void serviceWithoutPortsHasAddressesAndNoSrv() {
        Transcript.check(backend, """
                portless.shop.svc.cluster.local. A = 198.51.100.21
                portless.shop.svc.cluster.local. SRV = NODATA
                _http._tcp.portless.shop.svc.cluster.local. SRV = NXDOMAIN
                198-51-100-21.portless.shop.svc.cluster.local. SRV = NODATA
                """);
    }

    @Test
    void podNamesAreEndpointNamesWhereAskedFor() {
        KubernetesBackend named =
                KubernetesBackend.inMemory().endpointPodNames().build();
        named.replace("""
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db", "namespace": "shop"},
                   "spec": {"clusterIP": "None"}},
                  {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                   "metadata": {"name": "db-1", "namespace": "shop", "labels": {"kubernetes.io/service-name": "db"}},
                   "addressType": "IPv4",
                   "endpoints": [
                     {"addresses": ["198.51.100.1"], "targetRef": {"kind": "Pod", "name": "db-abc"}},
                     {"addresses": ["198.51.100.2"], "hostname": "first", "targetRef": {"name": "db-def"}},
                     {"addresses": ["198.51.100.3"], "targetRef": {"name": "with.dots"}}]}]}
                """);
        Transcript.check(named, """
                db-abc.db.shop.svc.cluster.local. A = 198.51.100.1
                198-51-100-1.db.shop.svc.cluster.local. A = NXDOMAIN
                first.db.shop.svc.cluster.local. A = 198.51.100.2
                db-def.db.shop.svc.cluster.local. A = NXDOMAIN
                198-51-100-3.db.shop.svc.cluster.local. A = 198.51.100.3
                """);
    }

    private RecordSet srv(String qname) {
        return ((Finding.Found) Transcript.find(backend, Zones.name(qname), Type.SRV)).set();
    }
}
