package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.PodRecords;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.SOARecord;

@DisplayName("SOA serial: RFC 1912 section 2.2")
class SerialTest {
    private static final String CLUSTER = """
            {kind: Namespace, metadata: {name: shop}}
            ---
            {kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}}
            ---
            {kind: Service, metadata: {name: partner, namespace: shop}, spec: {type: ExternalName, externalName: one.example}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}},
             endpoints: [{addresses: [198.51.100.1], hostname: one, targetRef: {name: pod-1}}], ports: [{name: http, port: 8080}]}
            ---
            {kind: Pod, metadata: {name: web-0, namespace: shop}, status: {podIP: 198.51.100.1}}
            """;

    private final KubernetesBackend backend = KubernetesBackend.inMemory()
            .endpointPodNames()
            .pods(PodRecords.VERIFIED)
            .build();

    private long serial() {
        return ((SOARecord) backend.zones().get(0).soa().records().get(0)).getSerial();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.10 | 192.0.2.11",
                "clusterIP: 192.0.2.10 | clusterIP: None",
                "port: 80} | port: 81}",
                "{name: http, port: 80} | {name: web, port: 80}",
                "one.example | two.example",
                "hostname: one | hostname: two",
                "[198.51.100.1] | [198.51.100.2]",
                "port: 8080 | port: 8081",
                "name: pod-1 | name: pod-2",
                "service-name: web | service-name: other",
                "podIP: 198.51.100.1 | podIP: 198.51.100.9",
                "name: partner | name: other",
                "metadata: {name: shop} | metadata: {name: billing}",
            })
    void movesWithEveryVisibleChange(String what, String becomes) {
        backend.replace(CLUSTER);
        long before = serial();
        assertThat(CLUSTER).contains(what);
        backend.replace(CLUSTER.replace(what, becomes));
        assertThat(serial()).isGreaterThan(before); // also within one second
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata: {name: shop} | metadata: {name: shop, labels: {team: sales}}",
                "spec: {clusterIP | spec: {selector: {app: web}, clusterIP",
                "status: {podIP | status: {phase: Running, podIP",
                "endpoints: [ | endpoints: [{addresses: [198.51.100.7], conditions: {ready: false}}, ",
            })
    void staysWhereNobodyCanSeeTheChange(String what, String becomes) {
        backend.replace(CLUSTER);
        long before = serial();
        assertThat(CLUSTER).contains(what);
        backend.replace(CLUSTER.replace(what, becomes));
        assertThat(serial()).isEqualTo(before);
    }

    @Test
    void isZeroBeforeTheFirstChangeAndMovesWithRemovals() {
        assertThat(serial()).isZero();
        backend.replace(CLUSTER);
        long before = serial();
        backend.replace("");
        assertThat(serial()).isGreaterThan(before);
    }
}
