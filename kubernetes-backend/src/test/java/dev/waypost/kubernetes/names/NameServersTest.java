package dev.waypost.kubernetes.names;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.testing.Transcript;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("NS and ns.dns")
class NameServersTest {
    private static final String SLICE = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: %s, namespace: kube-system, labels: {kubernetes.io/service-name: dns}}
            endpoints: [%s]
            ---
            """;

    private static String service(String name, String spec) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + ", namespace: kube-system}\nspec: {" + spec
                + "}\n---\n";
    }

    private static KubernetesBackend cluster(String manifest) throws UnknownHostException {
        KubernetesBackendBuilder options = KubernetesBackend.inMemory()
                .zones("cluster.local", "in-addr.arpa")
                .serverAddresses(List.of(
                        InetAddress.getByAddress(new byte[] {(byte) 198, 51, 100, 53}),
                        InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 53})));
        KubernetesBackend backend = options.build();
        backend.replace(manifest);
        return backend;
    }

    @Test
    void headlessServiceNamesTheEndpointsOfThatSlice() throws UnknownHostException {
        String manifest = service("dns", "clusterIP: None")
                + SLICE.formatted("dns-1", "{addresses: [198.51.100.53], hostname: a}, {addresses: [198.51.100.54]}")
                + SLICE.formatted("dns-2", "{addresses: [198.51.100.55]}");
        Transcript.check(cluster(manifest), """
                cluster.local. NS = 198-51-100-54.dns.kube-system.svc.cluster.local. | a.dns.kube-system.svc.cluster.local. \
                + 198-51-100-54.dns.kube-system.svc.cluster.local. A 198.51.100.54 \
                + a.dns.kube-system.svc.cluster.local. A 198.51.100.53
                """);
    }

    @Test
    void dualStackServiceHasGlueOfBothFamilies() throws UnknownHostException {
        String manifest = service("dns", "clusterIP: 192.0.2.10, clusterIPs: [192.0.2.10, '2001:db8::10']")
                + SLICE.formatted("dns-1", "{addresses: [198.51.100.53]}")
                + SLICE.formatted("dns-2", "{addresses: [198.51.100.53]}");
        Transcript.check(cluster(manifest), """
                cluster.local. NS = dns.kube-system.svc.cluster.local. \
                + dns.kube-system.svc.cluster.local. A 192.0.2.10 \
                + dns.kube-system.svc.cluster.local. AAAA 2001:db8::10
                ns.dns.cluster.local. A = 192.0.2.53 | 198.51.100.53
                ns.dns.cluster.local. AAAA = NODATA
                """);
    }

    @Test
    void addressThatIsAClusterIpOnlyIsNobodysEndpoint() throws UnknownHostException {
        Transcript.check(cluster(service("dns", "clusterIP: 192.0.2.53")), """
                cluster.local. NS = ns.dns.cluster.local. \
                + ns.dns.cluster.local. A 192.0.2.53 + ns.dns.cluster.local. A 198.51.100.53
                in-addr.arpa. NS = ns.dns.in-addr.arpa. \
                + ns.dns.in-addr.arpa. A 192.0.2.53 + ns.dns.in-addr.arpa. A 198.51.100.53
                ns.dns.in-addr.arpa. A = 192.0.2.53 | 198.51.100.53
                dns.in-addr.arpa. A = NODATA
                """);
    }

    @Test
    void sliceWithoutServiceOrAddressNamesNoServer() throws UnknownHostException {
        String slice = SLICE.formatted("dns-1", "{addresses: [198.51.100.53]}");
        String alone = "cluster.local. NS = ns.dns.cluster.local. "
                + "+ ns.dns.cluster.local. A 192.0.2.53 + ns.dns.cluster.local. A 198.51.100.53";
        Transcript.check(cluster(slice), alone);
        Transcript.check(cluster(slice + service("dns", "clusterIP: ''")), alone);
        Transcript.check(cluster(slice + service("dns", "type: ExternalName, externalName: dns.example")), alone);
    }
}
