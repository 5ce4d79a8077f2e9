package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.kubernetes.testing.Transcript;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.SOARecord;

@DisplayName("multicluster: services that are imported from the cluster's set")
class MultiClusterTest {
    private static final String IMPORTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: local, namespace: shop}
            spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}
            ---
            apiVersion: multicluster.x-k8s.io/v1alpha1
            kind: ServiceImport
            metadata: {name: web, namespace: shop}
            spec: {type: ClusterSetIP, ips: [192.0.2.40, "2001:db8::40"], ports: [{name: http, protocol: TCP, port: 80}]}
            ---
            apiVersion: multicluster.x-k8s.io/v1alpha1
            kind: ServiceImport
            metadata: {name: orders, namespace: shop}
            spec: {type: Headless, ports: [{name: grpc, port: 9000}]}
            ---
            apiVersion: multicluster.x-k8s.io/v1alpha1
            kind: ServiceImport
            metadata: {name: portless, namespace: shop}
            spec: {type: ClusterSetIP, ips: [192.0.2.41]}
            ---
            apiVersion: multicluster.x-k8s.io/v1alpha1
            kind: ServiceImport
            metadata: {name: empty, namespace: shop}
            spec: {type: Headless, ports: [{name: grpc, port: 9000}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: orders-east
              namespace: shop
              labels: {multicluster.kubernetes.io/service-name: orders, multicluster.kubernetes.io/source-cluster: east}
            addressType: IPv4
            ports: [{name: grpc, port: 9000}]
            endpoints: [{addresses: [198.51.100.1], hostname: first}, {addresses: [198.51.100.2]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: orders-west
              namespace: shop
              labels: {multicluster.kubernetes.io/service-name: orders, multicluster.kubernetes.io/source-cluster: WEST}
            addressType: IPv6
            ports: [{name: grpc, port: 9000}]
            endpoints: [{addresses: ["2001:db8::7"]}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.9]}]
            """;

    private static KubernetesBackendBuilder options() {
        return KubernetesBackend.inMemory()
                .zones("cluster.local", "clusterset.local", "in-addr.arpa")
                .multicluster("ClusterSet.local");
    }

    private static KubernetesBackend cluster(KubernetesBackendBuilder options) {
        KubernetesBackend backend = options.build();
        backend.replace(IMPORTS);
        return backend;
    }

    @Test
    void serviceWithAnAddressOfTheSetIsLikeOneWithAClusterIp() {
        Transcript.check(cluster(options()), """
                web.shop.svc.clusterset.local. A = 192.0.2.40
                WEB.Shop.svc.ClusterSet.local. AAAA = 2001:db8::40
                web.shop.svc.clusterset.local. TXT = NODATA
                web.shop.svc.clusterset.local. SRV = 0 50 80 web.shop.svc.clusterset.local. \
                + web.shop.svc.clusterset.local. A 192.0.2.40 + web.shop.svc.clusterset.local. AAAA 2001:db8::40
                _http._tcp.web.shop.svc.clusterset.local. SRV = 0 50 80 web.shop.svc.clusterset.local. \
                + web.shop.svc.clusterset.local. A 192.0.2.40 + web.shop.svc.clusterset.local. AAAA 2001:db8::40
                _tcp.web.shop.svc.clusterset.local. A = NODATA
                _ftp._tcp.web.shop.svc.clusterset.local. SRV = NXDOMAIN
                portless.shop.svc.clusterset.local. A = 192.0.2.41
                portless.shop.svc.clusterset.local. SRV = NODATA
                """);
    }

    @Test
    void headlessServiceHoldsTheEndpointsOfAllClusters() {
        Transcript.check(cluster(options()), """
                orders.shop.svc.clusterset.local. A = 198.51.100.1 | 198.51.100.2
                orders.shop.svc.clusterset.local. AAAA = 2001:db8::7
                empty.shop.svc.clusterset.local. A = NXDOMAIN
                _grpc._tcp.orders.shop.svc.clusterset.local. SRV = \
                0 33 9000 198-51-100-2.east.orders.shop.svc.clusterset.local. \
                | 0 33 9000 2001-db8--7.west.orders.shop.svc.clusterset.local. \
                | 0 33 9000 first.east.orders.shop.svc.clusterset.local. \
                + 198-51-100-2.east.orders.shop.svc.clusterset.local. A 198.51.100.2 \
                + 2001-db8--7.west.orders.shop.svc.clusterset.local. AAAA 2001:db8::7 \
                + first.east.orders.shop.svc.clusterset.local. A 198.51.100.1
                """);
    }

    @Test
    void endpointIsNamedTogetherWithItsCluster() {
        Transcript.check(cluster(options()), """
                first.east.orders.shop.svc.clusterset.local. A = 198.51.100.1
                FIRST.East.orders.shop.svc.clusterset.local. A = 198.51.100.1
                first.east.orders.shop.svc.clusterset.local. AAAA = NODATA
                first.west.orders.shop.svc.clusterset.local. A = NXDOMAIN
                2001-db8--7.west.orders.shop.svc.clusterset.local. AAAA = 2001:db8::7
                2001-db8-0-0-0-0-0-7.west.orders.shop.svc.clusterset.local. AAAA = 2001:db8::7
                2001-db8--7.east.orders.shop.svc.clusterset.local. AAAA = NXDOMAIN
                first.orders.shop.svc.clusterset.local. A = NXDOMAIN
                grpc.tcp.orders.shop.svc.clusterset.local. SRV = NXDOMAIN
                _grpc.tcp.orders.shop.svc.clusterset.local. A = 198.51.100.1 | 198.51.100.2
                x.first.east.orders.shop.svc.clusterset.local. A = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("RFC 8020: a cluster's label stands above the names of its endpoints")
    void clusterLabelIsAnEmptyNonTerminal() {
        Transcript.check(cluster(options()), """
                east.orders.shop.svc.clusterset.local. A = NODATA
                west.orders.shop.svc.clusterset.local. A = NODATA
                north.orders.shop.svc.clusterset.local. A = NXDOMAIN
                """);
    }

    @Test
    void importedAndOwnServicesAreInZonesOfTheirOwn() {
        Transcript.check(cluster(options()), """
                local.shop.svc.cluster.local. A = 192.0.2.10
                local.shop.svc.clusterset.local. A = NXDOMAIN
                web.shop.svc.cluster.local. A = NXDOMAIN
                shop.svc.clusterset.local. A = NODATA
                other.svc.clusterset.local. A = NXDOMAIN
                clusterset.local. A = NODATA
                dns-version.clusterset.local. TXT = 1.1.0
                40.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                1.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    void podsBelongToTheirOwnCluster() {
        Transcript.check(cluster(options().pods(PodRecords.INSECURE)), """
                198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1
                198-51-100-1.shop.pod.clusterset.local. A = NXDOMAIN
                pod.clusterset.local. A = NODATA
                """);
    }

    @Test
    void namespaceMustBeHereAndExposed() {
        KubernetesBackend hidden = cluster(options().namespaces("billing"));
        Transcript.check(hidden, """
                web.shop.svc.clusterset.local. A = NXDOMAIN
                shop.svc.clusterset.local. A = NXDOMAIN
                """);
        KubernetesBackend unlabelled = cluster(options().namespaceLabels("team"));
        Transcript.check(unlabelled, "web.shop.svc.clusterset.local. A = NXDOMAIN");
    }

    @Test
    void labelsChooseImportsAndTheirSlices() {
        KubernetesBackend backend = options().labels("tier=front").build();
        backend.replace(IMPORTS.replace("{name: web,", "{name: web, labels: {tier: front},"));
        Transcript.check(backend, """
                web.shop.svc.clusterset.local. A = 192.0.2.40
                orders.shop.svc.clusterset.local. A = NXDOMAIN
                """);
    }

    @Test
    void emptyImportsAreIgnoredWhereAskedFor() {
        Transcript.check(cluster(options().ignoreEmptyServices()), """
                web.shop.svc.clusterset.local. A = NXDOMAIN
                orders.shop.svc.clusterset.local. A = 198.51.100.1 | 198.51.100.2
                """);
    }

    @Test
    void withoutEndpointsOnlyAddressesOfTheSetHaveNames() {
        Transcript.check(cluster(options().withoutEndpoints()), """
                web.shop.svc.clusterset.local. A = 192.0.2.40
                orders.shop.svc.clusterset.local. A = NXDOMAIN
                """);
    }

    @Test
    void podNamesAreEndpointNamesWhereAskedFor() {
        KubernetesBackend backend = options().endpointPodNames().build();
        backend.replace(IMPORTS.replace(
                "{addresses: [198.51.100.2]}", "{addresses: [198.51.100.2], targetRef: {name: orders-abc}}"));
        Transcript.check(backend, """
                orders-abc.east.orders.shop.svc.clusterset.local. A = 198.51.100.2
                198-51-100-2.east.orders.shop.svc.clusterset.local. A = NXDOMAIN
                """);
    }

    @Test
    void serverIsNamedByTheZoneItself() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 1});
        Transcript.check(cluster(options().serverAddresses(List.of(address))), """
                clusterset.local. NS = ns.dns.clusterset.local. + ns.dns.clusterset.local. A 203.0.113.1
                ns.dns.clusterset.local. A = 203.0.113.1
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.40 | 192.0.2.44 | true",
                "198.51.100.2 | 198.51.100.3 | true",
                "hostname: first | hostname: second | true",
                "source-cluster: east | source-cluster: north | true",
                "192.0.2.10 | 192.0.2.11 | false",
                "198.51.100.9 | 198.51.100.8 | false",
            })
    void serialMovesWithWhatTheZoneShows(String what, String becomes, boolean imported) {
        KubernetesBackend backend = cluster(options());
        long own = serial(backend, 0);
        long imports = serial(backend, 1);
        assertThat(IMPORTS).contains(what);
        backend.replace(IMPORTS.replace(what, becomes));
        assertThat(serial(backend, 1) > imports).isEqualTo(imported);
        assertThat(serial(backend, 0) > own).isEqualTo(!imported);
    }

    private static long serial(KubernetesBackend backend, int zone) {
        return ((SOARecord) backend.zones().get(zone).soa().records().get(0)).getSerial();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web.shop.svc.clusterset.local. A | 192.0.2.40 | 192.0.2.40",
                "portless.shop.svc.clusterset.local. A | 192.0.2.41 | NXDOMAIN",
                "east.orders.shop.svc.clusterset.local. A | NODATA | NXDOMAIN",
                "shop.svc.clusterset.local. TXT | NODATA | NXDOMAIN",
            })
    void questionHasOneAnswerInEachMode(String question, String plain, String compatible) {
        Transcript.check(cluster(options()), question + " = " + plain);
        Transcript.check(cluster(options().coreDnsCompatible()), question + " = " + compatible);
    }

    @Test
    void allZonesMayBeOfImportedServices() {
        KubernetesBackend backend =
                cluster(KubernetesBackend.inMemory().zones("clusterset.local").multicluster("clusterset.local"));
        Transcript.check(backend, "web.shop.svc.clusterset.local. A = 192.0.2.40");
        assertThat(backend.serviceNames()).isEmpty();
        assertThat(backend.readiness().ready()).isTrue();
    }

    @Test
    void zonesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> options().multicluster("other.example").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: 'multicluster' wants some of the zones"
                        + " [cluster.local., clusterset.local.], found other.example.");
        assertThatThrownBy(() -> options().multicluster("in-addr.arpa").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("found in-addr.arpa.");
        assertThatThrownBy(() -> options()
                        .multicluster("cluster.local", "clusterset.local")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: a reverse zone wants a zone beside it whose services are not imported,"
                        + " found [cluster.local., clusterset.local., in-addr.arpa.]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: Headless | type: Other | type' wants ClusterSetIP or Headless, found \"Other\"",
                "192.0.2.41 | web.example | ips' wants addresses, found \"web.example\"",
                "source-cluster: east | source-cluster: a.b | multicluster.kubernetes.io/source-cluster' wants a DNS label, found \"a.b\"",
                "source-cluster: east | other: east | multicluster.kubernetes.io/source-cluster' wants a DNS label, found \"\"",
            })
    void importThatCannotBeUsedIsRefused(String what, String becomes, String fault) {
        KubernetesBackend backend = options().build();
        assertThatThrownBy(() -> backend.replace(IMPORTS.replace(what, becomes)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(fault);
    }
}
