package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

@DisplayName("Apex, namespaces and pods")
class ApexAndPodsTest {
    private static final Name ORIGIN = Zones.name("cluster.local");
    private static final String CLUSTER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: dns, namespace: kube-system}
            spec: {clusterIP: 192.0.2.53, ports: [{name: dns, protocol: UDP, port: 53}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: dns-1, namespace: kube-system, labels: {kubernetes.io/service-name: dns}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.53]}]
            """;

    private static KubernetesBackend cluster(KubernetesBackendBuilder options) {
        KubernetesBackend backend = options.build();
        backend.replace(CLUSTER);
        return backend;
    }

    private static InetAddress address(int... octets) throws UnknownHostException {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return InetAddress.getByAddress(bytes);
    }

    @Test
    void emptyNamesExist() {
        Transcript.check(cluster(KubernetesBackend.inMemory()), """
                cluster.local. A = NODATA
                cluster.local. TXT = NODATA
                cluster.local. CNAME = NODATA
                svc.cluster.local. A = NODATA
                svc.cluster.local. TXT = NODATA
                pod.cluster.local. A = NODATA
                shop.svc.cluster.local. A = NODATA
                shop.svc.cluster.local. SRV = NODATA
                shop.svc.cluster.local. TXT = NODATA
                missing.svc.cluster.local. A = NXDOMAIN
                missing.svc.cluster.local. TXT = NXDOMAIN
                dns.cluster.local. A = NODATA
                """);
    }

    @Test
    void namesOutsideTheGrammarDoNotExist() {
        Transcript.check(cluster(KubernetesBackend.inMemory()), """
                www.example.com.cluster.local. A = NXDOMAIN
                shop.cluster.local. A = NXDOMAIN
                a.b.c.d.e.svc.cluster.local. A = NXDOMAIN
                x.ns.dns.cluster.local. A = NXDOMAIN
                other.dns.cluster.local. A = NXDOMAIN
                x.dns-version.cluster.local. TXT = NXDOMAIN
                """);
    }

    @Test
    void schemaVersionIsToldAsText() {
        KubernetesBackend backend = cluster(KubernetesBackend.inMemory());
        Transcript.check(backend, """
                dns-version.cluster.local. TXT = 1.1.0
                dns-version.cluster.local. A = NODATA
                """);
        Finding.Found found =
                (Finding.Found) Transcript.find(backend, Zones.name("dns-version.cluster.local"), Type.TXT);
        assertThat(found.set().ttlSeconds()).isEqualTo(28800);
    }

    @Test
    void soaNamesTheServerAndItsTtlIsBounded() {
        KubernetesBackend backend = cluster(KubernetesBackend.inMemory().ttl(Duration.ofSeconds(3600)));
        SOARecord soa = (SOARecord) backend.zones().get(0).soa().records().get(0);
        assertThat(soa.getName()).isEqualTo(ORIGIN);
        assertThat(soa.getHost()).hasToString("ns.dns.cluster.local.");
        assertThat(soa.getAdmin()).hasToString("hostmaster.cluster.local.");
        assertThat(List.of(soa.getRefresh(), soa.getRetry(), soa.getExpire(), soa.getMinimum(), soa.getTTL()))
                .containsExactly(7200L, 1800L, 86400L, 3600L, 300L);
    }

    @Test
    void serialMovesWithEveryVisibleChangeAndOnlyThen() {
        KubernetesBackend backend = KubernetesBackend.inMemory().build();
        assertThat(serial(backend)).isZero();
        backend.apply(CLUSTER);
        long first = serial(backend);
        backend.apply(CLUSTER);
        assertThat(serial(backend)).isEqualTo(first).isPositive();
        backend.apply(CLUSTER.replace("198.51.100.53", "198.51.100.54"));
        assertThat(serial(backend)).isGreaterThan(first);
    }

    private static long serial(KubernetesBackend backend) {
        return ((SOARecord) backend.zones().get(0).soa().records().get(0)).getSerial();
    }

    @Test
    void serverWithoutAddressesNamesNone() {
        Transcript.check(cluster(KubernetesBackend.inMemory()), """
                cluster.local. NS = NODATA
                ns.dns.cluster.local. A = NODATA
                ns.dns.cluster.local. TXT = NODATA
                """);
    }

    @Test
    void serverBehindAServiceIsNamedAfterIt() throws UnknownHostException {
        Transcript.check(
                cluster(KubernetesBackend.inMemory().serverAddresses(List.of(address(198, 51, 100, 53)))), """
                cluster.local. NS = dns.kube-system.svc.cluster.local. + dns.kube-system.svc.cluster.local. A 192.0.2.53
                ns.dns.cluster.local. A = 198.51.100.53
                NS.DNS.Cluster.Local. A = 198.51.100.53
                ns.dns.cluster.local. AAAA = NODATA
                ns.dns.cluster.local. MX = NODATA
                ns.dns.cluster.local. PTR = NODATA
                """);
    }

    @Test
    void serverOutsideTheClusterIsNamedByItself() throws UnknownHostException {
        Transcript.check(cluster(KubernetesBackend.inMemory().serverAddresses(List.of(address(203, 0, 113, 1)))), """
                Cluster.Local. NS = ns.dns.cluster.local. + ns.dns.cluster.local. A 203.0.113.1
                """);
    }

    @Test
    void podsDoNotExistUnlessAskedFor() {
        Transcript.check(cluster(KubernetesBackend.inMemory()), """
                shop.pod.cluster.local. A = NXDOMAIN
                198-51-100-1.shop.pod.cluster.local. A = NXDOMAIN
                198-51-100-1.shop.pod.cluster.local. TXT = NXDOMAIN
                """);
    }

    @Test
    void insecurePodsEchoAnyAddressInAKnownNamespace() {
        Transcript.check(cluster(KubernetesBackend.inMemory().pods(PodRecords.INSECURE)), """
                shop.pod.cluster.local. A = NODATA
                missing.pod.cluster.local. A = NXDOMAIN
                198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1
                198-51-100-1.shop.pod.cluster.local. AAAA = NODATA
                198-51-100-1.shop.pod.cluster.local. SRV = NODATA
                198-51-100-01.shop.pod.cluster.local. A = NXDOMAIN
                2001-db8--1.shop.pod.cluster.local. AAAA = 2001:db8::1
                2001-db8--1.shop.pod.cluster.local. A = NODATA
                2001-0db8-0-0-0-0-0-1.shop.pod.cluster.local. AAAA = 2001:db8::1
                --ffff-198-51-100-1.shop.pod.cluster.local. A = NODATA
                --ffff-c633-6401.shop.pod.cluster.local. A = 198.51.100.1
                x.198-51-100-1.shop.pod.cluster.local. A = NXDOMAIN
                nonsense.shop.pod.cluster.local. A = NXDOMAIN
                198-51-100-1.missing.pod.cluster.local. A = NXDOMAIN
                """);
    }

    @Test
    void unexposedNamespaceLooksAsIfItWereNotThere() {
        Transcript.check(
                cluster(KubernetesBackend.inMemory()
                        .zones("cluster.local", "in-addr.arpa")
                        .namespaces("SHOP")
                        .pods(PodRecords.INSECURE)),
                """
                shop.svc.cluster.local. A = NODATA
                kube-system.svc.cluster.local. A = NXDOMAIN
                dns.kube-system.svc.cluster.local. A = NXDOMAIN
                198-51-100-1.kube-system.pod.cluster.local. A = NXDOMAIN
                53.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                2.0.192.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    void withoutEndpointsOnlyServicesWithAddressesHaveNames() {
        Transcript.check(
                cluster(KubernetesBackend.inMemory()
                        .zones("cluster.local", "in-addr.arpa")
                        .withoutEndpoints()),
                """
                dns.kube-system.svc.cluster.local. A = 192.0.2.53
                198-51-100-53.dns.kube-system.svc.cluster.local. A = NXDOMAIN
                53.2.0.192.in-addr.arpa. PTR = dns.kube-system.svc.cluster.local.
                53.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    void emptyServicesAreIgnoredWhereAskedFor() {
        KubernetesBackend backend = cluster(KubernetesBackend.inMemory().ignoreEmptyServices());
        backend.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: idle, namespace: shop}
                spec: {clusterIP: 192.0.2.60, ports: [{name: http, port: 80}]}
                """);
        Transcript.check(backend, """
                dns.kube-system.svc.cluster.local. A = 192.0.2.53
                idle.shop.svc.cluster.local. A = NXDOMAIN
                idle.shop.svc.cluster.local. TXT = NXDOMAIN
                _http._tcp.idle.shop.svc.cluster.local. SRV = NXDOMAIN
                """);
    }
}
