package dev.waypost.kubernetes.names;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Which services and endpoints have names")
class ServicesTest {
    private static KubernetesBackend cluster(String manifest) {
        KubernetesBackend backend = KubernetesBackend.inMemory()
                .zones("cluster.local", "in-addr.arpa", "ip6.arpa")
                .build();
        backend.replace(manifest);
        return backend;
    }

    private static String service(String spec) {
        return "{kind: Service, metadata: {name: web, namespace: shop}, spec: {" + spec + "}}\n---\n";
    }

    private static String slice(String name, String rest) {
        return "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: " + name
                + ", namespace: shop, labels: {kubernetes.io/service-name: web}}, " + rest + "}\n---\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: ClusterIP",
                "type: NodePort, externalTrafficPolicy: Local",
                "type: LoadBalancer, loadBalancerIP: 203.0.113.9",
                "selector: {app: web}",
                "type: ''",
            })
    void everyTypeWithAClusterIpIsAnsweredAlike(String type) {
        Transcript.check(
                cluster(service(type + ", clusterIP: 192.0.2.10, ports: [{name: http, port: 80, nodePort: 30080}]")),
                """
                web.shop.svc.cluster.local. A = 192.0.2.10
                _http._tcp.web.shop.svc.cluster.local. SRV = 0 100 80 web.shop.svc.cluster.local. + web.shop.svc.cluster.local. A 192.0.2.10
                10.2.0.192.in-addr.arpa. PTR = web.shop.svc.cluster.local.
                """);
    }

    @Test
    void addressesOfTheOutsideAreNotSeenInside() {
        Transcript.check(
                cluster(
                        "{kind: Service, metadata: {name: web, namespace: shop}, spec: {type: LoadBalancer, clusterIP: 192.0.2.10,"
                                + " externalIPs: [203.0.113.7]}, status: {loadBalancer: {ingress: [{ip: 203.0.113.8}, {hostname: lb.example}]}}}"),
                """
                web.shop.svc.cluster.local. A = 192.0.2.10
                7.113.0.203.in-addr.arpa. PTR = NXDOMAIN
                8.113.0.203.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusterIP: 192.0.2.10 | 192.0.2.10 | NODATA",
                "clusterIPs: [192.0.2.10] | 192.0.2.10 | NODATA",
                "clusterIP: 192.0.2.10, clusterIPs: [192.0.2.10, '2001:db8::10'] | 192.0.2.10 | 2001:db8::10",
                "clusterIP: '2001:db8::10', clusterIPs: ['2001:db8::10', 192.0.2.10] | 192.0.2.10 | 2001:db8::10",
                "clusterIP: '2001:DB8:0:0::10' | NODATA | 2001:db8::10",
                "clusterIP: '::ffff:192.0.2.10' | 192.0.2.10 | NODATA",
                "clusterIP: '' | NODATA | NODATA",
                "clusterIP: null, clusterIPs: null | NODATA | NODATA",
                "clusterIP: None, clusterIPs: [None] | NXDOMAIN | NXDOMAIN",
            })
    void addressesAreThoseOfClusterIps(String spec, String v4, String v6) {
        Transcript.check(
                cluster(service(spec)),
                "web.shop.svc.cluster.local. A = " + v4 + "\nweb.shop.svc.cluster.local. AAAA = " + v6);
    }

    @Test
    @DisplayName("specification 2.3.3: each ClusterIP of a dual-stack service has a PTR record")
    void dualStackServiceHasTwoReverseNames() {
        Transcript.check(cluster(service("clusterIPs: [192.0.2.10, '2001:db8::10']")), """
                10.2.0.192.in-addr.arpa. PTR = web.shop.svc.cluster.local.
                0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR = web.shop.svc.cluster.local.
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ready: true} | 198.51.100.1",
                "{ready: true, serving: true, terminating: false} | 198.51.100.1",
                "{ready: true, serving: false, terminating: true} | 198.51.100.1",
                "{ready: null} | 198.51.100.1",
                "{serving: false} | 198.51.100.1",
                "{} | 198.51.100.1",
                "null | 198.51.100.1",
                "{ready: false} | NXDOMAIN",
                "{ready: false, serving: true, terminating: true} | NXDOMAIN",
            })
    void onlyTheConditionReadyCountsAndItsAbsenceIsReady(String conditions, String answer) {
        String endpoint = "{addresses: [198.51.100.1], conditions: " + conditions + "}";
        Transcript.check(
                cluster(service("clusterIP: None") + slice("web-1", "endpoints: [" + endpoint + "]")),
                "web.shop.svc.cluster.local. A = " + answer);
    }

    @Test
    void unreadyAddressesAreTheControllersToPublish() {
        String unready = "endpoints: [{addresses: [198.51.100.1], conditions: {ready: false}}]";
        Transcript.check(
                cluster(service("clusterIP: None, publishNotReadyAddresses: true") + slice("web-1", unready)),
                "web.shop.svc.cluster.local. A = NXDOMAIN");
    }

    @Test
    void slicesOfOneServiceAreUnitedEachWithItsOwnPorts() {
        String manifest = service("clusterIP: None")
                + slice("any-name", "ports: [{name: http, port: 80}], endpoints: [{addresses: [198.51.100.1]}]")
                + slice("web-2", "ports: [{name: http, port: 8080}], endpoints: [{addresses: [198.51.100.2]}]")
                + slice(
                        "web-6",
                        "addressType: IPv6, ports: [{name: grpc, port: 9000}],"
                                + " endpoints: [{addresses: ['2001:db8::3']}]");
        Transcript.check(cluster(manifest), """
                web.shop.svc.cluster.local. A = 198.51.100.1 | 198.51.100.2
                web.shop.svc.cluster.local. AAAA = 2001:db8::3
                _http._tcp.web.shop.svc.cluster.local. SRV = 0 50 80 198-51-100-1.web.shop.svc.cluster.local. \
                | 0 50 8080 198-51-100-2.web.shop.svc.cluster.local. \
                + 198-51-100-1.web.shop.svc.cluster.local. A 198.51.100.1 \
                + 198-51-100-2.web.shop.svc.cluster.local. A 198.51.100.2
                _http._tcp.web.shop.svc.cluster.local. AAAA = NODATA
                _grpc._tcp.web.shop.svc.cluster.local. SRV = 0 100 9000 2001-db8--3.web.shop.svc.cluster.local. \
                + 2001-db8--3.web.shop.svc.cluster.local. AAAA 2001:db8::3
                """);
    }

    @Test
    void endpointInTwoSlicesIsOneAddress() {
        String twice = "ports: [{name: http, port: 80}], endpoints: [{addresses: [198.51.100.1]}]";
        Transcript.check(cluster(service("clusterIP: None") + slice("web-1", twice) + slice("web-2", twice)), """
                web.shop.svc.cluster.local. A = 198.51.100.1
                web.shop.svc.cluster.local. SRV = 0 50 80 198-51-100-1.web.shop.svc.cluster.local. \
                + 198-51-100-1.web.shop.svc.cluster.local. A 198.51.100.1
                1.100.51.198.in-addr.arpa. PTR = 198-51-100-1.web.shop.svc.cluster.local.
                """);
    }

    @Test
    @DisplayName("a port without a number has no SRV row, and counts for the weights")
    void portWithoutNumberCountsForTheWeightsOnly() {
        String ports = "ports: [{name: http, port: 80}, {name: later}], endpoints: [{addresses: [198.51.100.1]}]";
        Transcript.check(cluster(service("clusterIP: None") + slice("web-1", ports)), """
                web.shop.svc.cluster.local. SRV = 0 50 80 198-51-100-1.web.shop.svc.cluster.local. \
                + 198-51-100-1.web.shop.svc.cluster.local. A 198.51.100.1
                _later._tcp.web.shop.svc.cluster.local. A = 198.51.100.1
                _later._tcp.web.shop.svc.cluster.local. SRV = NODATA
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100", "2, 50", "3, 33", "4, 25", "6, 16", "7, 14", "49, 2", "50, 2", "51, 1", "100, 1", "101, 1", "250, 1"
    })
    void weightIsAHundredSharedAmongAllAndAtLeastOne(int endpoints, int weight) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < endpoints; i++) {
            all.append(i == 0 ? "" : ", ")
                    .append("{hostname: one, addresses: [198.51.100.")
                    .append(i)
                    .append("]}");
        }
        KubernetesBackend backend = cluster(service("clusterIP: None")
                + slice("web-1", "ports: [{name: http, port: 80}], endpoints: [" + all + "]"));
        Transcript.checkAnswers(
                backend,
                "_http._tcp.web.shop.svc.cluster.local. SRV = 0 " + weight + " 80 one.web.shop.svc.cluster.local.");
    }

    @Test
    void slicesWithoutTheirServiceHaveNoNames() {
        Transcript.check(cluster(slice("web-1", "endpoints: [{addresses: [198.51.100.1]}]")), """
                web.shop.svc.cluster.local. A = NXDOMAIN
                198-51-100-1.web.shop.svc.cluster.local. A = NXDOMAIN
                1.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                shop.svc.cluster.local. A = NODATA
                """);
    }

    @Test
    void namespaceBeingDeletedResolvesUntilItIsGone() {
        String leaving = "{kind: Namespace, metadata: {name: shop, deletionTimestamp: '2026-11-01T00:00:00Z'},"
                + " status: {phase: Terminating}}\n---\n";
        Transcript.check(cluster(leaving + service("clusterIP: 192.0.2.10")), """
                shop.svc.cluster.local. A = NODATA
                web.shop.svc.cluster.local. A = 192.0.2.10
                """);
    }

    @Test
    @DisplayName("RFC 1035 section 2.3.4: a name longer than 255 octets is no name, whoever would have it")
    void endpointWhoseNameWouldBeTooLongHasNone() {
        String label = "x".repeat(63);
        KubernetesBackend backend = KubernetesBackend.inMemory()
                .zones("y".repeat(60) + ".example", "in-addr.arpa")
                .build();
        backend.replace(("{kind: Service, metadata: {name: NAME, namespace: NAME}, spec: {clusterIP: None}}\n---\n"
                        + "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s, namespace: NAME,"
                        + " labels: {kubernetes.io/service-name: NAME}}, ports: [{name: http, port: 80}],"
                        + " endpoints: [{addresses: [198.51.100.1], hostname: NAME}, {addresses: [198.51.100.2]}]}")
                .replace("NAME", label));
        String service = label + "." + label + ".svc." + "y".repeat(60) + ".example.";
        Transcript.check(
                backend,
                service + " A = 198.51.100.1 | 198.51.100.2\n" + service + " SRV = 0 50 80 198-51-100-2." + service
                        + " + 198-51-100-2." + service + " A 198.51.100.2\n"
                        + "1.100.51.198.in-addr.arpa. PTR = NXDOMAIN\n"
                        + "2.100.51.198.in-addr.arpa. PTR = 198-51-100-2." + service);
    }
}
