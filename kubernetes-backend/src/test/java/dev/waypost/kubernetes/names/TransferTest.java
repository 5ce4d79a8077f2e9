package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.RecordSet;
import dev.waypost.kubernetes.ExternalZones;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.kubernetes.testing.ZoneText;
import dev.waypost.zone.Finding;
import dev.waypost.zone.TransferableSource;
import dev.waypost.zone.ZoneBackend;
import dev.waypost.zone.ZoneTransfer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("What a transfer of a cluster's zones copies")
class TransferTest {
    private static final String CLUSTER = """
            {kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIPs: [192.0.2.10, '2001:db8::10'],
             ports: [{name: http, port: 80}, {name: alt, port: 80}, {port: 8080}]}}
            ---
            {kind: Service, metadata: {name: portless, namespace: shop}, spec: {clusterIP: 192.0.2.11}}
            ---
            {kind: Service, metadata: {name: pending, namespace: shop}, spec: {ports: [{name: http, port: 80}]}}
            ---
            {kind: Service, metadata: {name: orders, namespace: shop}, spec: {clusterIP: None}}
            ---
            {kind: Service, metadata: {name: idle, namespace: shop}, spec: {clusterIP: None}}
            ---
            {kind: Service, metadata: {name: partner, namespace: shop}, spec: {type: ExternalName, externalName: API.example}}
            ---
            {kind: Service, metadata: {name: literal, namespace: shop}, spec: {type: ExternalName, externalName: 192.0.2.1}}
            ---
            {kind: Service, metadata: {name: secret, namespace: hidden}, spec: {clusterIP: 192.0.2.12}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}},
             ports: [{name: db, port: 5432}],
             endpoints: [{addresses: [198.51.100.1], hostname: first}, {addresses: [198.51.100.2]},
                         {addresses: [198.51.100.4], conditions: {ready: false}}]}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: orders-2, namespace: shop, labels: {kubernetes.io/service-name: orders}},
             ports: [{name: db, port: 5432}],
             endpoints: [{addresses: [198.51.100.1], hostname: first}]}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}},
             ports: [{name: http, port: 8080}], endpoints: [{addresses: [198.51.100.3]}]}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: orphan-1, namespace: shop, labels: {kubernetes.io/service-name: orphan}},
             endpoints: [{addresses: [198.51.100.5]}]}
            ---
            {kind: Pod, metadata: {name: pod-1, namespace: shop}, status: {podIP: 198.51.100.1}}
            """;

    private static KubernetesBackendBuilder options() throws UnknownHostException {
        return KubernetesBackend.inMemory()
                .zones("cluster.local", "in-addr.arpa", "ip6.arpa", "10.2.0.192.in-addr.arpa")
                .namespaces("shop")
                .pods(PodRecords.VERIFIED)
                .ttl(Duration.ofSeconds(30))
                .serverAddresses(List.of(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 1})));
    }

    private static KubernetesBackend cluster(KubernetesBackendBuilder options) {
        KubernetesBackend backend = options.build();
        backend.replace(CLUSTER);
        return backend;
    }

    @Test
    void zoneOfServicesHasEveryServiceThatIsExposed() throws UnknownHostException {
        assertThat(ZoneText.of(cluster(options()), "cluster.local")).isEqualTo("""
                198-51-100-2.orders.shop.svc.cluster.local. 30 A 198.51.100.2
                198-51-100-3.web.shop.svc.cluster.local. 30 A 198.51.100.3
                _alt._tcp.web.shop.svc.cluster.local. 30 SRV 0 50 80 web.shop.svc.cluster.local.
                _db._tcp.orders.shop.svc.cluster.local. 30 SRV 0 33 5432 198-51-100-2.orders.shop.svc.cluster.local.
                _db._tcp.orders.shop.svc.cluster.local. 30 SRV 0 33 5432 first.orders.shop.svc.cluster.local.
                _http._tcp.web.shop.svc.cluster.local. 30 SRV 0 50 80 web.shop.svc.cluster.local.
                cluster.local. 30 NS ns.dns.cluster.local.
                dns-version.cluster.local. 28800 TXT 1.1.0
                first.orders.shop.svc.cluster.local. 30 A 198.51.100.1
                ns.dns.cluster.local. 30 A 203.0.113.1
                orders.shop.svc.cluster.local. 30 A 198.51.100.1
                orders.shop.svc.cluster.local. 30 A 198.51.100.2
                orders.shop.svc.cluster.local. 30 SRV 0 33 5432 198-51-100-2.orders.shop.svc.cluster.local.
                orders.shop.svc.cluster.local. 30 SRV 0 33 5432 first.orders.shop.svc.cluster.local.
                partner.shop.svc.cluster.local. 30 CNAME API.example.
                portless.shop.svc.cluster.local. 30 A 192.0.2.11
                web.shop.svc.cluster.local. 30 A 192.0.2.10
                web.shop.svc.cluster.local. 30 AAAA 2001:db8::10
                web.shop.svc.cluster.local. 30 SRV 0 16 80 web.shop.svc.cluster.local.
                web.shop.svc.cluster.local. 30 SRV 0 16 8080 web.shop.svc.cluster.local.
                """);
    }

    @Test
    void reverseZoneHasThePtrRecordsOfItsNetwork() throws UnknownHostException {
        KubernetesBackend backend = cluster(options());
        assertThat(ZoneText.of(backend, "in-addr.arpa")).isEqualTo("""
                1.100.51.198.in-addr.arpa. 30 PTR first.orders.shop.svc.cluster.local.
                10.2.0.192.in-addr.arpa. 30 PTR web.shop.svc.cluster.local.
                11.2.0.192.in-addr.arpa. 30 PTR portless.shop.svc.cluster.local.
                2.100.51.198.in-addr.arpa. 30 PTR 198-51-100-2.orders.shop.svc.cluster.local.
                3.100.51.198.in-addr.arpa. 30 PTR 198-51-100-3.web.shop.svc.cluster.local.
                in-addr.arpa. 30 NS ns.dns.in-addr.arpa.
                ns.dns.in-addr.arpa. 30 A 203.0.113.1
                """);
        assertThat(ZoneText.of(backend, "ip6.arpa"))
                .contains("0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 30 PTR"
                        + " web.shop.svc.cluster.local.\n")
                .doesNotContain("198.51");
        assertThat(ZoneText.of(backend, "10.2.0.192.in-addr.arpa"))
                .contains("10.2.0.192.in-addr.arpa. 30 PTR web.shop.svc.cluster.local.\n")
                .doesNotContain("11.2.0.192");
    }

    @Test
    void emptyServicesBeingIgnoredAreNotCopied() throws UnknownHostException {
        assertThat(ZoneText.of(cluster(options().ignoreEmptyServices()), "cluster.local"))
                .contains("web.shop.svc")
                .doesNotContain("portless");
    }

    @Test
    void importedEndpointsAreCopiedUnderTheirCluster() {
        KubernetesBackend backend = KubernetesBackend.inMemory()
                .zones("clusterset.local")
                .multicluster("clusterset.local")
                .build();
        backend.replace("""
                {apiVersion: multicluster.x-k8s.io/v1alpha1, kind: ServiceImport, metadata: {name: orders, namespace: shop},
                 spec: {type: Headless}}
                ---
                {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s, namespace: shop, labels:
                 {multicluster.kubernetes.io/service-name: orders, multicluster.kubernetes.io/source-cluster: east}},
                 ports: [{name: db, port: 5432}], endpoints: [{addresses: [198.51.100.1]}]}
                """);
        assertThat(ZoneText.of(backend, "clusterset.local")).isEqualTo("""
                198-51-100-1.east.orders.shop.svc.clusterset.local. 5 A 198.51.100.1
                _db._tcp.orders.shop.svc.clusterset.local. 5 SRV 0 100 5432 198-51-100-1.east.orders.shop.svc.clusterset.local.
                dns-version.clusterset.local. 28800 TXT 1.1.0
                orders.shop.svc.clusterset.local. 5 A 198.51.100.1
                orders.shop.svc.clusterset.local. 5 SRV 0 100 5432 198-51-100-1.east.orders.shop.svc.clusterset.local.
                """);
    }

    @Test
    void externalZonesHaveWhatIsSeenFromOutside() throws UnknownHostException {
        KubernetesBackend backend = options().build();
        backend.replace(
                CLUSTER.replace("{clusterIP: 192.0.2.11}", "{clusterIP: 192.0.2.11, externalIPs: [203.0.113.8]}")
                        + """
                ---
                {kind: Service, metadata: {name: lb, namespace: shop}, spec: {clusterIP: 192.0.2.13, externalIPs: [203.0.113.7],
                 ports: [{name: http, port: 80}, {port: 443}]}}
                ---
                {kind: Service, metadata: {name: cloud, namespace: shop}, spec: {clusterIP: 192.0.2.14, ports: [{name: http, port: 80}]},
                 status: {loadBalancer: {ingress: [{hostname: a.b.c.cloud.example}]}}}
                ---
                {kind: Service, metadata: {name: shown, namespace: hidden}, spec: {clusterIP: 192.0.2.15, externalIPs: [203.0.113.9]}}
                """);
        ExternalZones zones = backend.external("example.org", "113.0.203.in-addr.arpa", "2.0.192.in-addr.arpa")
                .build();
        assertThat(ZoneText.of(zones, "example.org")).isEqualTo("""
                _http._tcp.cloud.shop.example.org. 5 SRV 0 100 80 a.b.c.cloud.example.
                _http._tcp.lb.shop.example.org. 5 SRV 0 100 80 lb.shop.example.org.
                cloud.shop.example.org. 5 CNAME a.b.c.cloud.example.
                example.org. 5 NS ns1.dns.example.org.
                lb.shop.example.org. 5 A 203.0.113.7
                lb.shop.example.org. 5 SRV 0 50 443 lb.shop.example.org.
                lb.shop.example.org. 5 SRV 0 50 80 lb.shop.example.org.
                ns1.dns.example.org. 5 A 203.0.113.1
                portless.shop.example.org. 5 A 203.0.113.8
                """);
        assertThat(ZoneText.of(zones, "113.0.203.in-addr.arpa")).contains("""
                7.113.0.203.in-addr.arpa. 5 PTR lb.shop.example.org.
                8.113.0.203.in-addr.arpa. 5 PTR portless.shop.example.org.
                """).doesNotContain("hidden");
        assertThat(ZoneText.of(zones, "2.0.192.in-addr.arpa")).doesNotContain("PTR");
        assertThat(ZoneText.of(
                        backend.external("example.net")
                                .headless()
                                .apexLabel("shop")
                                .build(),
                        "example.net"))
                .isEqualTo("example.net. 5 NS ns1.shop.example.net.\nns1.shop.example.net. 5 A 203.0.113.1\n");
        assertThat(ZoneText.of(backend.external("example.net").headless().build(), "example.net"))
                .contains("""
                198-51-100-2.orders.shop.example.net. 5 A 198.51.100.2
                198-51-100-3.web.shop.example.net. 5 A 198.51.100.3
                _db._tcp.orders.shop.example.net. 5 SRV 0 33 5432 198-51-100-2.orders.shop.example.net.
                """);
    }

    @Test
    @DisplayName("every record that is copied is what a question for it finds")
    void questionsFindTheSame() throws UnknownHostException {
        KubernetesBackend backend = cluster(options());
        checkAll(backend);
        checkAll(backend.external("example.org", "in-addr.arpa").headless().build());
        checkAll(cluster(options().coreDnsCompatible()));
    }

    private static void checkAll(ZoneBackend backend) {
        backend.zones().forEach(zone -> {
            for (RecordSet set :
                    ((TransferableSource) zone).transfer().orElseThrow().sets()) {
                Finding finding = zone.find(set.owner(), set.type());
                RecordSet found =
                        finding instanceof Finding.Alias alias ? alias.set() : ((Finding.Found) finding).set();
                assertThat(set).isEqualTo(found);
            }
        });
    }

    @Test
    void transferIsOfOneMomentWhateverChangesMeanwhile() throws UnknownHostException {
        KubernetesBackend backend = cluster(options());
        ZoneTransfer before = ZoneText.transfer(backend, "cluster.local");
        backend.replace("");
        assertThat(before.sets()).anyMatch(set -> set.owner().toString().startsWith("web.shop"));
        ZoneTransfer after = ZoneText.transfer(backend, "cluster.local");
        assertThat(after.sets()).noneMatch(set -> set.owner().toString().startsWith("web.shop"));
        assertThat(after.serial().isNewerThan(before.serial())).isTrue();
    }

    @Test
    void nothingIsTransferredBeforeEverythingIsKnown() throws UnknownHostException {
        KubernetesBackend backend = KubernetesBackend.api(java.net.URI.create("http://127.0.0.1:9"))
                .zones("cluster.local", "in-addr.arpa")
                .build();
        backend.zones()
                .forEach(zone ->
                        assertThat(((TransferableSource) zone).transfer()).isEmpty());
        backend.external("example.org")
                .build()
                .zones()
                .forEach(zone ->
                        assertThat(((TransferableSource) zone).transfer()).isEmpty());
    }

    @Test
    void veryManyEndpointsAreEachToldOnce() {
        KubernetesBackend backend =
                KubernetesBackend.inMemory().zones("cluster.local", "ip6.arpa").build();
        String endpoints = IntStream.range(0, 10_000)
                .mapToObj(i -> "{addresses: ['2001:db8::" + Integer.toHexString(i >> 16) + ":"
                        + Integer.toHexString(i & 0xFFFF) + "']}")
                .collect(Collectors.joining(","));
        backend.apply("{kind: Service, metadata: {name: huge, namespace: shop}, spec: {clusterIP: None}}\n---\n"
                + "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s, namespace: shop,"
                + " labels: {kubernetes.io/service-name: huge}}, endpoints: [" + endpoints + "]}");
        List<RecordSet> sets = new ArrayList<>();
        ZoneText.transfer(backend, "cluster.local").sets().forEach(sets::add);
        assertThat(sets.size()).isEqualTo(10_002);
        assertThat(sets.stream().filter(set -> set.size() == 10_000)).hasSize(1);
        sets.clear();
        ZoneText.transfer(backend, "ip6.arpa").sets().forEach(sets::add);
        assertThat(sets.size()).isEqualTo(10_000);
        assertThat(sets.stream().allMatch(set -> set.type() == Type.PTR)).isTrue();
        Transcript.check(backend, "2001-db8--270f.huge.shop.svc.cluster.local. AAAA = 2001:db8::270f");
    }
}
