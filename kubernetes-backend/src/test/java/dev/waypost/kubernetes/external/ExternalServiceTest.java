package dev.waypost.kubernetes.external;

import dev.waypost.kubernetes.ExternalZones;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("External zones: services with external addresses")
class ExternalServiceTest {
    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec:
              clusterIP: 192.0.2.10
              externalIPs: [203.0.113.10, "2001:db8::10"]
              ports: [{name: http, port: 80}, {name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]
            status: {loadBalancer: {ingress: [{ip: 203.0.113.11}, {ip: 203.0.113.10, hostname: passed.over.example}]}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: balanced, namespace: shop}
            spec: {type: LoadBalancer, clusterIP: 192.0.2.11, ports: [{name: https, port: 443}]}
            status: {loadBalancer: {ingress: [{hostname: lb-1.example.net}, {hostname: lb-2.example.net}]}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: mixed, namespace: shop}
            spec: {clusterIP: 192.0.2.12, ports: [{name: https, port: 443}]}
            status: {loadBalancer: {ingress: [{ip: 203.0.113.12}, {hostname: lb-3.example.net}]}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: literal, namespace: shop}
            spec: {clusterIP: 192.0.2.13, ports: [{port: 443}]}
            status: {loadBalancer: {ingress: [{hostname: 203.0.113.13}]}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: portless, namespace: shop}
            spec: {clusterIP: None, externalIPs: [203.0.113.14]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: inside, namespace: shop}
            spec: {clusterIP: 192.0.2.15, ports: [{name: http, port: 80}]}
            status: {loadBalancer: {ingress: []}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: partner, namespace: shop}
            spec: {type: ExternalName, externalName: api.partner.example}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: shop}
            spec: {clusterIP: None, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: secret, namespace: hidden}
            spec: {clusterIP: 192.0.2.16, externalIPs: [203.0.113.16]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            addressType: IPv4
            ports: [{name: http, port: 8080}]
            endpoints: [{addresses: [198.51.100.1], hostname: orders-0}]
            """;

    private final KubernetesBackend cluster =
            KubernetesBackend.inMemory().namespaces("shop").build();
    private final ExternalZones zones =
            cluster.external("example.org", "example.net").build();

    ExternalServiceTest() {
        cluster.replace(SERVICES);
    }

    @Test
    void nameHoldsExternalIpsAndThoseOfTheLoadBalancer() {
        Transcript.check(zones, """
                web.shop.example.org. A = 203.0.113.10 | 203.0.113.11
                WEB.Shop.example.ORG. A = 203.0.113.10 | 203.0.113.11
                web.shop.example.org. AAAA = 2001:db8::10
                web.shop.example.net. A = 203.0.113.10 | 203.0.113.11
                literal.shop.example.org. A = 203.0.113.13
                portless.shop.example.org. A = 203.0.113.14
                """);
    }

    @Test
    @DisplayName("RFC 2308: a type that the name has not is NODATA")
    void otherTypesAreNoData() {
        Transcript.check(zones, """
                web.shop.example.org. TXT = NODATA
                web.shop.example.org. MX = NODATA
                web.shop.example.org. CNAME = NODATA
                web.shop.example.org. PTR = NODATA
                web.shop.example.org. HTTPS = NODATA
                portless.shop.example.org. AAAA = NODATA
                """);
    }

    @Test
    void srvHasTheServicesPorts() {
        Transcript.check(zones, """
                _http._tcp.web.shop.example.org. SRV = 0 33 80 web.shop.example.org. + web.shop.example.org. A 203.0.113.10 + web.shop.example.org. A 203.0.113.11 + web.shop.example.org. AAAA 2001:db8::10
                http.tcp.web.shop.example.org. SRV = 0 33 80 web.shop.example.org. + web.shop.example.org. A 203.0.113.10 + web.shop.example.org. A 203.0.113.11 + web.shop.example.org. AAAA 2001:db8::10
                web.shop.example.org. SRV = 0 11 53 web.shop.example.org. | 0 11 80 web.shop.example.org. + web.shop.example.org. A 203.0.113.10 + web.shop.example.org. A 203.0.113.11 + web.shop.example.org. AAAA 2001:db8::10
                literal.shop.example.org. SRV = 0 100 443 literal.shop.example.org. + literal.shop.example.org. A 203.0.113.13
                portless.shop.example.org. SRV = NODATA
                _http._udp.web.shop.example.org. SRV = NXDOMAIN
                _ftp._tcp.web.shop.example.org. SRV = NXDOMAIN
                _._tcp.literal.shop.example.org. SRV = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("A and AAAA of a port's name are the service's")
    void nameOfAPortHasTheAddressesToo() {
        Transcript.check(zones, """
                _http._tcp.web.shop.example.org. A = 203.0.113.10 | 203.0.113.11
                _http._tcp.web.shop.example.org. TXT = NODATA
                """);
    }

    @Test
    @DisplayName("RFC 8020: the name of a protocol stands above the names of its ports")
    void protocolOfAPortExists() {
        Transcript.check(zones, """
                _tcp.web.shop.example.org. SRV = NODATA
                _udp.web.shop.example.org. A = NODATA
                _sctp.web.shop.example.org. A = NXDOMAIN
                _tcp.literal.shop.example.org. A = NXDOMAIN
                _tcp.inside.shop.example.org. A = NXDOMAIN
                """);
    }

    @Test
    void hostnameOfTheLoadBalancerIsAnAlias() {
        Transcript.check(zones, """
                balanced.shop.example.org. A = ALIAS lb-1.example.net.
                balanced.shop.example.org. AAAA = ALIAS lb-1.example.net.
                balanced.shop.example.org. CNAME = ALIAS lb-1.example.net.
                balanced.shop.example.org. TXT = ALIAS lb-1.example.net.
                """);
    }

    @Test
    void hostnameIsTheTargetOfSrvDirectly() {
        Transcript.check(zones, """
                _https._tcp.balanced.shop.example.org. SRV = 0 50 443 lb-1.example.net. | 0 50 443 lb-2.example.net.
                balanced.shop.example.org. SRV = 0 50 443 lb-1.example.net. | 0 50 443 lb-2.example.net.
                _tcp.balanced.shop.example.org. SRV = NODATA
                _ftp._tcp.balanced.shop.example.org. SRV = NXDOMAIN
                """);
    }

    @Test
    @DisplayName(
            "RFC 1034 section 3.6.2: an alias stands alone, so it neither hides addresses nor a port's SRV records")
    void aliasStandsAlone() {
        Transcript.check(zones, """
                mixed.shop.example.org. A = 203.0.113.12
                mixed.shop.example.org. AAAA = NODATA
                mixed.shop.example.org. CNAME = NODATA
                _https._tcp.mixed.shop.example.org. SRV = 0 50 443 lb-3.example.net. | 0 50 443 mixed.shop.example.org. + mixed.shop.example.org. A 203.0.113.12
                _https._tcp.balanced.shop.example.org. A = NODATA
                """);
    }

    @Test
    void serviceWithoutExternalAddressDoesNotExist() {
        Transcript.check(zones, """
                inside.shop.example.org. A = NXDOMAIN
                inside.shop.example.org. TXT = NXDOMAIN
                _http._tcp.inside.shop.example.org. SRV = NXDOMAIN
                partner.shop.example.org. A = NXDOMAIN
                partner.shop.example.org. CNAME = NXDOMAIN
                orders.shop.example.org. A = NXDOMAIN
                orders-0.orders.shop.example.org. A = NXDOMAIN
                missing.shop.example.org. A = NXDOMAIN
                """);
    }

    @Test
    void namespaceIsThereWhereItIsExposed() {
        Transcript.check(zones, """
                shop.example.org. A = NODATA
                shop.example.org. TXT = NODATA
                hidden.example.org. A = NXDOMAIN
                secret.hidden.example.org. A = NXDOMAIN
                missing.example.org. A = NXDOMAIN
                web.missing.example.org. A = NXDOMAIN
                """);
    }

    @Test
    void nameOfNoFormDoesNotExist() {
        Transcript.check(zones, """
                web.shop.svc.example.org. A = NXDOMAIN
                a._http._tcp.web.shop.example.org. SRV = NXDOMAIN
                anything.web.shop.example.org. A = NXDOMAIN
                """);
    }
}
