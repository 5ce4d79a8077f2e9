package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Query;
import dev.waypost.Trail;
import dev.waypost.engine.DnsEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class ExplainTest {
    private static final String CLUSTER = """
            {apiVersion: v1, kind: Service, metadata: {name: orders, namespace: shop, resourceVersion: "7"},
             spec: {clusterIP: None, ports: [{name: grpc, port: 9000}]}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: orders-1, namespace: shop, resourceVersion: "8", labels: {kubernetes.io/service-name: orders}},
             addressType: IPv4, ports: [{name: grpc, port: 9000}],
             endpoints: [{addresses: [198.51.100.1]}]}
            """;

    private static List<String> steps(DnsEngine engine, String name) {
        return engine.explain(Query.of(Name.fromConstantString(name), Type.A)).steps().stream()
                .map(Trail.Step::what)
                .toList();
    }

    @Test
    void anAnswerSaysWhichObjectsAndVersionsItIsMadeOf() {
        KubernetesBackend cluster = KubernetesBackend.inMemory().build();
        cluster.replace(CLUSTER);
        try (DnsEngine engine = DnsEngine.builder().backend(cluster).build().start()) {
            assertThat(steps(engine, "orders.shop.svc.cluster.local."))
                    .containsExactly(
                            "cluster.local. for orders.shop.svc.cluster.local.",
                            "cluster.local. says Found of orders.shop.svc.cluster.local. A: "
                                    + "Service shop/orders, version 7; EndpointSlice shop/orders-1, version 8");
            assertThat(steps(engine, "none.shop.svc.cluster.local."))
                    .last()
                    .isEqualTo("cluster.local. says NxDomain of none.shop.svc.cluster.local. A");
        }
    }
}
