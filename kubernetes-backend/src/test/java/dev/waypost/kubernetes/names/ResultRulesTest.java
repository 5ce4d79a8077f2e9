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
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/**
 * Every situation a name can be in, for every type that can be asked, a letter each:
 *
 * <pre>
 *   A AAAA SRV MX CNAME PTR NS SOA HINFO HTTPS NAPTR TXT ANY
 *
 *   +  data     -  NODATA     X  NXDOMAIN     >  an alias
 * </pre>
 */
@DisplayName("NODATA or NXDOMAIN: every situation, every type")
class ResultRulesTest {
    private static final int HTTPS = 65;
    private static final int[] TYPES = {
        Type.A,
        Type.AAAA,
        Type.SRV,
        Type.MX,
        Type.CNAME,
        Type.PTR,
        Type.NS,
        Type.SOA,
        Type.HINFO,
        HTTPS,
        Type.NAPTR,
        Type.TXT,
        Type.ANY
    };

    private static final String CLUSTER = """
            {kind: Namespace, metadata: {name: shop}}
            ---
            {kind: Namespace, metadata: {name: hidden}}
            ---
            {kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}}
            ---
            {kind: Service, metadata: {name: web, namespace: hidden}, spec: {clusterIP: 192.0.2.11}}
            ---
            {kind: Service, metadata: {name: six, namespace: shop}, spec: {clusterIP: "2001:db8::10", ports: [{port: 80}]}}
            ---
            {kind: Service, metadata: {name: portless, namespace: shop}, spec: {clusterIP: 192.0.2.12}}
            ---
            {kind: Service, metadata: {name: orders, namespace: shop}, spec: {clusterIP: None}}
            ---
            {kind: Service, metadata: {name: bare, namespace: shop}, spec: {clusterIP: None}}
            ---
            {kind: Service, metadata: {name: idle, namespace: shop}, spec: {clusterIP: None}}
            ---
            {kind: Service, metadata: {name: partner, namespace: shop}, spec: {type: ExternalName, externalName: api.example}}
            ---
            {kind: Service, metadata: {name: literal, namespace: shop}, spec: {type: ExternalName, externalName: 192.0.2.1}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}},
             ports: [{name: http, port: 8080}], endpoints: [{addresses: [198.51.100.1], hostname: first}]}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: bare-1, namespace: shop, labels: {kubernetes.io/service-name: bare}},
             endpoints: [{addresses: [198.51.100.2]}]}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: idle-1, namespace: shop, labels: {kubernetes.io/service-name: idle}},
             endpoints: [{addresses: [198.51.100.3], conditions: {ready: false}}]}
            """;

    private static KubernetesBackend cluster(KubernetesBackendBuilder options, PodRecords pods)
            throws UnknownHostException {
        KubernetesBackend backend = options.zones("cluster.local", "in-addr.arpa")
                .namespaces("shop", "unknown")
                .pods(pods)
                .serverAddresses(List.of(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 1})))
                .build();
        backend.replace(CLUSTER);
        return backend;
    }

    /** Situation, name, what it finds here, and what it finds with {@code compatibility coredns}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "zone                        | cluster.local.                                 | ------++----+ | ------++---X-",
                "svc                         | svc.cluster.local.                             | ------------- | -----------X-",
                "pod                         | pod.cluster.local.                             | ------------- | -----------X-",
                "namespace                   | shop.svc.cluster.local.                        | ------------- | -----------X-",
                "namespace that is hidden    | hidden.svc.cluster.local.                      | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "namespace that is unknown   | unknown.svc.cluster.local.                     | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "service with an address     | web.shop.svc.cluster.local.                    | +-+---------+ | +-+----------",
                "service, IPv6 only          | six.shop.svc.cluster.local.                    | -++---------+ | -++----------",
                "service without ports       | portless.shop.svc.cluster.local.               | +-----------+ | +------------",
                "its port's name             | _http._tcp.web.shop.svc.cluster.local.         | +-+---------+ | +-+----------",
                "port's name without marks   | http.tcp.web.shop.svc.cluster.local.           | +-+---------+ | +-+----------",
                "unknown port                | _ftp._tcp.web.shop.svc.cluster.local.          | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "unknown protocol            | _http._udp.web.shop.svc.cluster.local.         | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "unknown endpoint            | first.web.shop.svc.cluster.local.              | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "protocol above a port       | _tcp.web.shop.svc.cluster.local.               | ------------- | XXXXXXX-XXXXX",
                "service that is unknown     | missing.shop.svc.cluster.local.                | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "service that is hidden      | web.hidden.svc.cluster.local.                  | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "headless service            | orders.shop.svc.cluster.local.                 | +-+---------+ | +-+----------",
                "its endpoint                | first.orders.shop.svc.cluster.local.           | +-+---------+ | +-+----------",
                "its port's name             | _http._tcp.orders.shop.svc.cluster.local.      | +-+---------+ | +-+----------",
                "headless, no ports          | bare.shop.svc.cluster.local.                   | +-----------+ | +------------",
                "headless, none ready        | idle.shop.svc.cluster.local.                   | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "alias                       | partner.shop.svc.cluster.local.                | >>>>>>>>>>>>> | >>-->--------",
                "below an alias              | x.partner.shop.svc.cluster.local.              | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "alias for an address        | literal.shop.svc.cluster.local.                | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "version of the schema       | dns-version.cluster.local.                     | -----------++ | XXXXXXX-XXX+X",
                "name server                 | ns.dns.cluster.local.                          | +-----------+ | +----X-----X-",
                "above the name server       | dns.cluster.local.                             | ------------- | XXXXXXX-XXXXX",
                "no name of the grammar      | www.example.com.cluster.local.                 | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "too many labels             | a.b.c.web.shop.svc.cluster.local.              | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "wildcard                    | *.shop.svc.cluster.local.                      | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "reverse zone                | in-addr.arpa.                                  | ------++----+ | ------++---X-",
                "address with a name         | 10.2.0.192.in-addr.arpa.                       | -----+------+ | XXXXX+X-XXXXX",
                "address without a name      | 99.2.0.192.in-addr.arpa.                       | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "address that is hidden      | 11.2.0.192.in-addr.arpa.                       | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "above an address            | 2.0.192.in-addr.arpa.                          | ------------- | XXXXXXX-XXXXX",
                "forward name in it          | web.shop.svc.in-addr.arpa.                     | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
            })
    void situationHasOneResult(String situation, String name, String plain, String compatible)
            throws UnknownHostException {
        check(cluster(KubernetesBackend.inMemory(), PodRecords.DISABLED), name, plain);
        check(cluster(KubernetesBackend.inMemory().coreDnsCompatible(), PodRecords.DISABLED), name, compatible);
    }

    @ParameterizedTest(name = "pods {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "disabled | shop.pod.cluster.local.                      | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "disabled | 198-51-100-1.shop.pod.cluster.local.         | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "insecure | shop.pod.cluster.local.                      | ------------- | -----------X-",
                "insecure | hidden.pod.cluster.local.                    | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "insecure | unknown.pod.cluster.local.                   | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "insecure | 198-51-100-1.shop.pod.cluster.local.         | +-----------+ | +-+----------",
                "insecure | 198-51-100-1.hidden.pod.cluster.local.       | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "insecure | nonsense.shop.pod.cluster.local.             | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
                "verified | shop.pod.cluster.local.                      | ------------- | -----------X-",
                "verified | 198-51-100-1.shop.pod.cluster.local.         | XXXXXXXXXXXXX | XXXXXXX-XXXXX",
            })
    void nameUnderPodHasOneResult(String pods, String name, String plain, String compatible)
            throws UnknownHostException {
        PodRecords records = PodRecords.valueOf(pods.toUpperCase(java.util.Locale.ROOT));
        check(cluster(KubernetesBackend.inMemory(), records), name, plain);
        check(cluster(KubernetesBackend.inMemory().coreDnsCompatible(), records), name, compatible);
    }

    private static void check(KubernetesBackend backend, String name, String expected) {
        StringBuilder found = new StringBuilder();
        for (int type : TYPES) {
            found.append(letter(Transcript.find(backend, Zones.name(name), type)));
        }
        assertThat(found).hasToString(expected);
    }

    private static char letter(Finding finding) {
        if (finding instanceof Finding.Found) {
            return '+';
        }
        if (finding instanceof Finding.Alias) {
            return '>';
        }
        return finding instanceof Finding.NoData ? '-' : 'X';
    }
}
