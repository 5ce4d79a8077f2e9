package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.kubernetes.testing.Transcript;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("labels and namespace_labels")
class LabelsTest {
    private static final String CLUSTER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: sales}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: billing}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop, labels: {tier: front}}
            spec: {clusterIP: 192.0.2.10}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: shop, labels: {tier: back}}
            spec: {clusterIP: None}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: billing, labels: {tier: front}}
            spec: {clusterIP: 192.0.2.20}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders, tier: back}}
            endpoints: [{addresses: [198.51.100.1], hostname: one}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: orders-2, namespace: shop, labels: {kubernetes.io/service-name: orders}}
            endpoints: [{addresses: [198.51.100.2], hostname: two}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: orders-0, namespace: shop, labels: {tier: back}}
            status: {podIP: 198.51.100.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web-0, namespace: shop, labels: {tier: front}}
            status: {podIP: 198.51.100.3}
            """;

    private static KubernetesBackendBuilder options() {
        return KubernetesBackend.inMemory()
                .zones("cluster.local", "in-addr.arpa")
                .pods(PodRecords.VERIFIED);
    }

    private static KubernetesBackend cluster(KubernetesBackendBuilder options) {
        KubernetesBackend backend = options.build();
        backend.replace(CLUSTER);
        return backend;
    }

    @Test
    void labelsChooseServicesSlicesAndPodsByTheirOwn() {
        Transcript.check(cluster(options().labels("tier=back")), """
                orders.shop.svc.cluster.local. A = 198.51.100.1
                two.orders.shop.svc.cluster.local. A = NXDOMAIN
                web.shop.svc.cluster.local. A = NXDOMAIN
                198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1
                198-51-100-3.shop.pod.cluster.local. A = NXDOMAIN
                1.100.51.198.in-addr.arpa. PTR = one.orders.shop.svc.cluster.local.
                2.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                10.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    void labelsDoNotChooseNamespaces() {
        Transcript.check(cluster(options().labels("tier in (back, middle)")), """
                shop.svc.cluster.local. A = NODATA
                billing.svc.cluster.local. A = NODATA
                """);
    }

    @Test
    void objectWhoseLabelsChangeComesAndGoes() {
        KubernetesBackend backend = cluster(options().labels("tier=front"));
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
        String web =
                "{kind: Service, metadata: {name: web, namespace: shop, labels: {tier: %s}}, spec: {clusterIP: 192.0.2.10}}";
        backend.apply(web.formatted("back"));
        Transcript.check(backend, "web.shop.svc.cluster.local. A = NXDOMAIN");
        backend.apply(web.formatted("front"));
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.10");
    }

    @Test
    void namespaceThatIsNotChosenLooksAsIfItWereNotThere() {
        Transcript.check(cluster(options().namespaceLabels("team")), """
                shop.svc.cluster.local. A = NODATA
                web.shop.svc.cluster.local. A = 192.0.2.10
                billing.svc.cluster.local. A = NXDOMAIN
                web.billing.svc.cluster.local. A = NXDOMAIN
                billing.pod.cluster.local. A = NXDOMAIN
                198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1
                """);
    }

    @Test
    void reverseNamesRespectTheChoiceOfNamespaces() {
        Transcript.check(cluster(options().namespaceLabels("!team")), """
                10.2.0.192.in-addr.arpa. PTR = NXDOMAIN
                20.2.0.192.in-addr.arpa. PTR = web.billing.svc.cluster.local.
                1.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    void namespaceWithoutObjectHasNoLabels() {
        KubernetesBackend backend = options().namespaceLabels("!team").build();
        backend.apply("{kind: Service, metadata: {name: web}, spec: {clusterIP: 192.0.2.10}}");
        Transcript.check(backend, "web.default.svc.cluster.local. A = 192.0.2.10");
    }

    @Test
    void unusableOptionsAreRefused() {
        assertThatThrownBy(() ->
                        options().namespaces("shop").namespaceLabels("team").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: wants either 'namespaces' or 'namespace_labels', found both");
        assertThatThrownBy(() -> options().labels("tier in front"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: 'labels' wants '(', found \"front\" at character 9");
    }
}
