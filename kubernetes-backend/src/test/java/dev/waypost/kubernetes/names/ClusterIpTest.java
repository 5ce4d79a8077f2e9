package dev.waypost.kubernetes.names;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Services with addresses: specification 2.3")
class ClusterIpTest {
    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec:
              clusterIP: 192.0.2.10
              clusterIPs: [192.0.2.10]
              ports: [{name: http, protocol: TCP, port: 80}, {name: metrics, port: 9090}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: billing, namespace: shop}
            spec:
              type: LoadBalancer
              clusterIPs: [192.0.2.20, "2001:db8::20"]
              ports: [{name: https, protocol: TCP, port: 443}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: names, namespace: shop}
            spec:
              clusterIP: 192.0.2.53
              ports: [{name: dns, protocol: UDP, port: 53}, {name: dns-tcp, protocol: TCP, port: 53}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: portless, namespace: shop}
            spec: {clusterIP: 192.0.2.30}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: unnamed, namespace: shop}
            spec: {clusterIP: 192.0.2.31, ports: [{port: 8080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: mapped, namespace: shop}
            spec: {clusterIP: "::ffff:192.0.2.32"}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: pending, namespace: shop}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{name: http, protocol: TCP, port: 8080}]
            endpoints: [{addresses: [198.51.100.1]}]
            """;

    private final KubernetesBackend backend = backend();

    private static KubernetesBackend backend() {
        KubernetesBackend backend = KubernetesBackend.inMemory().build();
        backend.replace(SERVICES);
        return backend;
    }

    @Test
    void addressIsAnsweredByItsFamily() {
        Transcript.check(backend, """
                web.shop.svc.cluster.local. A = 192.0.2.10
                web.shop.svc.cluster.local. AAAA = NODATA
                billing.shop.svc.cluster.local. A = 192.0.2.20
                billing.shop.svc.cluster.local. AAAA = 2001:db8::20
                mapped.shop.svc.cluster.local. A = 192.0.2.32
                mapped.shop.svc.cluster.local. AAAA = NODATA
                WEB.Shop.SVC.cluster.LOCAL. A = 192.0.2.10
                web.shop.svc.cluster.local. ANY = 192.0.2.10
                """);
    }

    @Test
    void namedPortHasAnSrvRow() {
        Transcript.check(backend, """
                _http._tcp.web.shop.svc.cluster.local. SRV = 0 100 80 web.shop.svc.cluster.local. + web.shop.svc.cluster.local. A 192.0.2.10
                http.tcp.web.shop.svc.cluster.local. SRV = 0 100 80 web.shop.svc.cluster.local. + web.shop.svc.cluster.local. A 192.0.2.10
                _HTTP.tcp.web.shop.svc.cluster.local. SRV = 0 100 80 web.shop.svc.cluster.local. + web.shop.svc.cluster.local. A 192.0.2.10
                _metrics._tcp.web.shop.svc.cluster.local. SRV = 0 100 9090 web.shop.svc.cluster.local. + web.shop.svc.cluster.local. A 192.0.2.10
                _http._tcp.web.shop.svc.cluster.local. A = 192.0.2.10
                _http._tcp.web.shop.svc.cluster.local. AAAA = NODATA
                _http._tcp.web.shop.svc.cluster.local. TXT = NODATA
                """);
    }

    @Test
    void unknownPortOrProtocolDoesNotExist() {
        Transcript.check(backend, """
                _ftp._tcp.web.shop.svc.cluster.local. SRV = NXDOMAIN
                _http._udp.web.shop.svc.cluster.local. SRV = NXDOMAIN
                _80._tcp.web.shop.svc.cluster.local. SRV = NXDOMAIN
                _._tcp.web.shop.svc.cluster.local. SRV = NXDOMAIN
                _._.web.shop.svc.cluster.local. A = NXDOMAIN
                _http._tcp.portless.shop.svc.cluster.local. SRV = NXDOMAIN
                _http._tcp.missing.shop.svc.cluster.local. TXT = NXDOMAIN
                a._http._tcp.web.shop.svc.cluster.local. SRV = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("RFC 8020 section 2: _tcp stands above the names of ports")
    void protocolLabelIsAnEmptyNonTerminal() {
        Transcript.check(backend, """
                _tcp.web.shop.svc.cluster.local. A = NODATA
                _tcp.web.shop.svc.cluster.local. SRV = NODATA
                _udp.web.shop.svc.cluster.local. A = NXDOMAIN
                _tcp.unnamed.shop.svc.cluster.local. A = NXDOMAIN
                """);
    }

    @Test
    void bareNameHasOneSrvRowForEachPort() {
        Transcript.check(backend, """
                web.shop.svc.cluster.local. SRV = 0 50 80 web.shop.svc.cluster.local. | 0 50 9090 web.shop.svc.cluster.local. + web.shop.svc.cluster.local. A 192.0.2.10
                unnamed.shop.svc.cluster.local. SRV = 0 100 8080 unnamed.shop.svc.cluster.local. + unnamed.shop.svc.cluster.local. A 192.0.2.31
                portless.shop.svc.cluster.local. SRV = NODATA
                portless.shop.svc.cluster.local. A = 192.0.2.30
                """);
    }

    @Test
    void rowsAreDeduplicatedByTargetAndNumberAndWeightsCountAllPairs() {
        Transcript.check(backend, """
                billing.shop.svc.cluster.local. SRV = 0 50 443 billing.shop.svc.cluster.local. + billing.shop.svc.cluster.local. A 192.0.2.20 + billing.shop.svc.cluster.local. AAAA 2001:db8::20
                names.shop.svc.cluster.local. SRV = 0 50 53 names.shop.svc.cluster.local. + names.shop.svc.cluster.local. A 192.0.2.53
                _dns._udp.names.shop.svc.cluster.local. SRV = 0 100 53 names.shop.svc.cluster.local. + names.shop.svc.cluster.local. A 192.0.2.53
                """);
    }

    @Test
    void endpointOfAServiceWithAnAddressHasANameAndItsTargetPort() {
        Transcript.check(backend, """
                198-51-100-1.web.shop.svc.cluster.local. A = 198.51.100.1
                198-51-100-1.web.shop.svc.cluster.local. SRV = 0 100 8080 198-51-100-1.web.shop.svc.cluster.local. + 198-51-100-1.web.shop.svc.cluster.local. A 198.51.100.1
                198-51-100-2.web.shop.svc.cluster.local. A = NXDOMAIN
                """);
    }

    @Test
    void typesWithoutDataAreNoDataWhereTheNameExists() {
        Transcript.check(backend, """
                web.shop.svc.cluster.local. MX = NODATA
                web.shop.svc.cluster.local. CNAME = NODATA
                web.shop.svc.cluster.local. TXT = NODATA
                web.shop.svc.cluster.local. PTR = NODATA
                web.shop.svc.cluster.local. SOA = NODATA
                web.shop.svc.cluster.local. HINFO = NODATA
                web.shop.svc.cluster.local. HTTPS = NODATA
                pending.shop.svc.cluster.local. A = NODATA
                """);
    }

    @Test
    void missingServiceOrNamespaceDoesNotExistForAnyType() {
        Transcript.check(backend, """
                missing.shop.svc.cluster.local. A = NXDOMAIN
                missing.shop.svc.cluster.local. SRV = NXDOMAIN
                missing.shop.svc.cluster.local. MX = NXDOMAIN
                missing.shop.svc.cluster.local. TXT = NXDOMAIN
                missing.shop.svc.cluster.local. SOA = NXDOMAIN
                web.nowhere.svc.cluster.local. A = NXDOMAIN
                web.nowhere.svc.cluster.local. TXT = NXDOMAIN
                *.shop.svc.cluster.local. A = NXDOMAIN
                any.shop.svc.cluster.local. A = NXDOMAIN
                """);
    }
}
