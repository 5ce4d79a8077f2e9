package dev.waypost.kubernetes.names;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.kubernetes.testing.Transcript;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("compatibility coredns: the quirks of CoreDNS that are off otherwise")
class CompatibilityTest {
    private static final String CLUSTER = """
            {kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}}
            ---
            {kind: Service, metadata: {name: partner, namespace: shop}, spec: {type: ExternalName, externalName: api.example}}
            """;

    private static KubernetesBackend cluster(KubernetesBackendBuilder options) throws UnknownHostException {
        KubernetesBackend backend = options.zones("cluster.local", "in-addr.arpa")
                .pods(PodRecords.INSECURE)
                .serverAddresses(List.of(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 1})))
                .build();
        backend.replace(CLUSTER);
        return backend;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster.local. TXT | NODATA | NXDOMAIN",
                "cluster.local. A | NODATA | NODATA",
                "svc.cluster.local. TXT | NODATA | NXDOMAIN",
                "svc.cluster.local. A | NODATA | NODATA",
                "pod.cluster.local. TXT | NODATA | NXDOMAIN",
                "shop.svc.cluster.local. TXT | NODATA | NXDOMAIN",
                "shop.svc.cluster.local. SRV | NODATA | NODATA",
                "shop.pod.cluster.local. TXT | NODATA | NXDOMAIN",
                "shop.pod.cluster.local. A | NODATA | NODATA",
                "web.shop.svc.cluster.local. TXT | NODATA | NODATA",
                "dns.cluster.local. A | NODATA | NXDOMAIN",
                "ns.dns.cluster.local. TXT | NODATA | NXDOMAIN",
                "ns.dns.cluster.local. PTR | NODATA | NXDOMAIN",
                "ns.dns.cluster.local. MX | NODATA | NODATA",
                "ns.dns.Cluster.local. A | 203.0.113.1 | NXDOMAIN",
                "NS.dns.cluster.local. A | 203.0.113.1 | 203.0.113.1",
                "Cluster.local. NS | ns.dns.cluster.local. + ns.dns.cluster.local. A 203.0.113.1 | NODATA",
                "dns-version.cluster.local. A | NODATA | NXDOMAIN",
                "dns-version.cluster.local. TXT | 1.1.0 | 1.1.0",
                "missing.shop.svc.cluster.local. SOA | NXDOMAIN | NODATA",
                "www.example.com.cluster.local. SOA | NXDOMAIN | NODATA",
                "web.shop.svc.cluster.local. SOA | NODATA | NODATA",
                "_tcp.web.shop.svc.cluster.local. SRV | NODATA | NXDOMAIN",
                "_.tcp.web.shop.svc.cluster.local. A | NXDOMAIN | 192.0.2.10",
                "_http._.web.shop.svc.cluster.local. A | NXDOMAIN | 192.0.2.10",
                "_web._.web.shop.svc.cluster.local. A | NXDOMAIN | NXDOMAIN",
                "partner.shop.svc.cluster.local. SRV | ALIAS api.example. | NODATA",
                "partner.shop.svc.cluster.local. TXT | ALIAS api.example. | NODATA",
                "partner.shop.svc.cluster.local. A | ALIAS api.example. | ALIAS api.example.",
                "partner.shop.svc.cluster.local. CNAME | ALIAS api.example. | ALIAS api.example.",
                "x.198-51-100-1.shop.pod.cluster.local. A | NXDOMAIN | 198.51.100.1",
                "x.y.198-51-100-1.shop.pod.cluster.local. A | NXDOMAIN | 198.51.100.1",
                "x.y.z.198-51-100-1.shop.pod.cluster.local. A | NXDOMAIN | NXDOMAIN",
                "198-51-100-1.shop.pod.cluster.local. SRV | NODATA | 0 100 0 198-51-100-1.shop.pod.cluster.local. "
                        + "+ 198-51-100-1.shop.pod.cluster.local. A 198.51.100.1",
                "10.2.0.192.in-addr.arpa. PTR | web.shop.svc.cluster.local. | web.shop.svc.cluster.local.",
                "10.2.0.192.in-addr.arpa. A | NODATA | NXDOMAIN",
                "2.0.192.in-addr.arpa. PTR | NODATA | NXDOMAIN",
                "11.2.0.192.in-addr.arpa. PTR | NXDOMAIN | NXDOMAIN",
                "11.2.0.192.in-addr.arpa. SOA | NXDOMAIN | NODATA",
                "in-addr.arpa. A | NODATA | NODATA",
            })
    void questionHasOneAnswerInEachMode(String question, String plain, String compatible) throws UnknownHostException {
        Transcript.check(cluster(KubernetesBackend.inMemory()), question + " = " + plain);
        Transcript.check(cluster(KubernetesBackend.inMemory().coreDnsCompatible()), question + " = " + compatible);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"web.shop.svc.cluster.local. A | 192.0.2.10 | NXDOMAIN"})
    @DisplayName("noendpoints with ignore empty_service")
    void serviceWithoutKnownEndpointsVanishesForCoreDns(String question, String plain, String compatible)
            throws UnknownHostException {
        KubernetesBackendBuilder options =
                KubernetesBackend.inMemory().withoutEndpoints().ignoreEmptyServices();
        Transcript.check(cluster(options), question + " = " + plain);
        Transcript.check(cluster(options.coreDnsCompatible()), question + " = " + compatible);
    }
}
