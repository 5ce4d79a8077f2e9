package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.SOARecord;

@DisplayName("zonal: the endpoints of a headless service in one zone of the infrastructure")
class ZonalTest {
    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: shop}
            spec: {clusterIP: None}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: idle, namespace: shop}
            spec: {clusterIP: None}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: partner, namespace: shop}
            spec: {type: ExternalName, externalName: api.example}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            addressType: IPv4
            ports: [{name: http, port: 80}]
            endpoints:
              - {addresses: [198.51.100.1], zone: eu-1a}
              - {addresses: [198.51.100.2], zone: EU-1B}
              - {addresses: [198.51.100.3], zone: eu-1b, hostname: third}
              - {addresses: [198.51.100.4], zone: dc.example.com}
              - {addresses: [198.51.100.5]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: [198.51.100.9], zone: eu-1a}]
            """;

    private static KubernetesBackend cluster(KubernetesBackendBuilder options) {
        KubernetesBackend backend = options.build();
        backend.replace(SERVICES);
        return backend;
    }

    private static KubernetesBackendBuilder zonal() {
        return KubernetesBackend.inMemory().zonal();
    }

    @Test
    void pinHoldsTheEndpointsOfTheZoneAndNoOther() {
        Transcript.check(cluster(zonal()), """
                eu-1a.pin._zone.orders.shop.svc.cluster.local. A = 198.51.100.1
                eu-1b.pin._zone.orders.shop.svc.cluster.local. A = 198.51.100.2 | 198.51.100.3
                EU-1B.Pin._Zone.orders.shop.svc.cluster.local. A = 198.51.100.2 | 198.51.100.3
                eu-1a.pin._zone.orders.shop.svc.cluster.local. AAAA = NODATA
                eu-1c.pin._zone.orders.shop.svc.cluster.local. A = NODATA
                eu-1c.pin._zone.orders.shop.svc.cluster.local. SRV = NODATA
                """);
    }

    @Test
    void preferHoldsAllEndpointsWhereTheZoneHasNone() {
        Transcript.check(cluster(zonal()), """
                eu-1a.prefer._zone.orders.shop.svc.cluster.local. A = 198.51.100.1
                eu-1c.prefer._zone.orders.shop.svc.cluster.local. A = \
                198.51.100.1 | 198.51.100.2 | 198.51.100.3 | 198.51.100.4 | 198.51.100.5
                eu-1c.prefer._zone.orders.shop.svc.cluster.local. TXT = NODATA
                """);
    }

    @Test
    void nameOfAZoneMayHaveDots() {
        Transcript.check(cluster(zonal()), """
                dc.example.com.pin._zone.orders.shop.svc.cluster.local. A = 198.51.100.4
                example.com.pin._zone.orders.shop.svc.cluster.local. A = NODATA
                """);
    }

    @Test
    void weightsAreOfTheZonesEndpoints() {
        Transcript.check(cluster(zonal()), """
                eu-1b.pin._zone.orders.shop.svc.cluster.local. SRV = \
                0 50 80 198-51-100-2.orders.shop.svc.cluster.local. | 0 50 80 third.orders.shop.svc.cluster.local. \
                + 198-51-100-2.orders.shop.svc.cluster.local. A 198.51.100.2 \
                + third.orders.shop.svc.cluster.local. A 198.51.100.3
                """);
    }

    @Test
    void typesWithoutDataAreNoData() {
        Transcript.check(cluster(zonal()), """
                eu-1a.pin._zone.orders.shop.svc.cluster.local. TXT = NODATA
                eu-1a.pin._zone.orders.shop.svc.cluster.local. MX = NODATA
                eu-1c.pin._zone.orders.shop.svc.cluster.local. TXT = NODATA
                eu-1c.pin._zone.orders.shop.svc.cluster.local. CNAME = NODATA
                """);
    }

    @Test
    void onlyHeadlessServicesWithEndpointsHaveSuchNames() {
        Transcript.check(
                cluster(zonal().multicluster("clusterset.local").zones("cluster.local", "clusterset.local")), """
                eu-1a.pin._zone.web.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.prefer._zone.web.shop.svc.cluster.local. TXT = NXDOMAIN
                eu-1a.pin._zone.partner.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.pin._zone.missing.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.pin._zone.orders.missing.svc.cluster.local. A = NXDOMAIN
                eu-1a.pin._zone.idle.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.prefer._zone.idle.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.other._zone.orders.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.pin.zone.orders.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.pin._zone.198-51-100-1.shop.pod.cluster.local. A = NXDOMAIN
                eu-1a.pin._zone.orders.shop.svc.clusterset.local. A = NXDOMAIN
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_zone.orders.shop.svc.cluster.local. A | NODATA | NXDOMAIN",
                "pin._zone.orders.shop.svc.cluster.local. A | NODATA | NXDOMAIN",
                "prefer._zone.orders.shop.svc.cluster.local. TXT | NODATA | NXDOMAIN",
                "other._zone.orders.shop.svc.cluster.local. A | NXDOMAIN | NXDOMAIN",
                "_zone.web.shop.svc.cluster.local. A | NXDOMAIN | NXDOMAIN",
                "_zone.idle.shop.svc.cluster.local. A | NXDOMAIN | NXDOMAIN",
                "eu-1a.pin._zone.orders.shop.svc.cluster.local. A | 198.51.100.1 | 198.51.100.1",
                "eu-1c.pin._zone.orders.shop.svc.cluster.local. SOA | NODATA | NODATA",
            })
    @DisplayName("RFC 8020: the names above such names exist, though not for CoreDNS")
    void questionHasOneAnswerInEachMode(String question, String plain, String compatible) {
        Transcript.check(cluster(zonal()), question + " = " + plain);
        Transcript.check(cluster(zonal().coreDnsCompatible()), question + " = " + compatible);
    }

    @Test
    void noSuchNameExistsUnlessAskedFor() {
        Transcript.check(cluster(KubernetesBackend.inMemory()), """
                eu-1a.pin._zone.orders.shop.svc.cluster.local. A = NXDOMAIN
                eu-1a.prefer._zone.orders.shop.svc.cluster.local. A = NXDOMAIN
                _zone.orders.shop.svc.cluster.local. A = NXDOMAIN
                """);
    }

    @Test
    void endpointThatMovesIsSeen() {
        KubernetesBackend backend = cluster(zonal());
        long before = serial(backend);
        backend.replace(SERVICES.replace("[198.51.100.1], zone: eu-1a", "[198.51.100.1], zone: eu-1c"));
        assertThat(serial(backend)).isGreaterThan(before);
        Transcript.check(backend, """
                eu-1a.pin._zone.orders.shop.svc.cluster.local. A = NODATA
                eu-1c.pin._zone.orders.shop.svc.cluster.local. A = 198.51.100.1
                """);
    }

    private static long serial(KubernetesBackend backend) {
        return ((SOARecord) backend.zones().get(0).soa().records().get(0)).getSerial();
    }

    @Test
    void withoutEndpointsThereIsNothingToChoose() {
        assertThatThrownBy(() -> zonal().withoutEndpoints().build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: wants either 'zonal' or 'noendpoints', found both");
    }
}
