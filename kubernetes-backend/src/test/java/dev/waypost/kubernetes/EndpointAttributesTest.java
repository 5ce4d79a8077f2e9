package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.lookup.Endpoint;
import dev.waypost.lookup.EndpointPort;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Question;
import dev.waypost.lookup.SearchList;
import dev.waypost.testing.Patience;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class EndpointAttributesTest {
    private static final String SERVICE = """
            {apiVersion: v1, kind: Service, metadata: {name: orders, namespace: shop},
             spec: {clusterIP: None, ports: [{name: grpc, port: 9000}]}}
            ---
            """;
    private static final String SLICE = """
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice,
             metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}},
             addressType: IPv4, ports: [{name: grpc, protocol: TCP, port: 9001}],
             endpoints: [
              {addresses: [198.51.100.1], conditions: {ready: true, serving: true}, zone: Zone-A, nodeName: node-1,
               targetRef: {kind: Pod, name: orders-x1}, hints: {forZones: [{name: zone-b}]}},
              {addresses: [198.51.100.2], conditions: {ready: false, serving: true, terminating: true}}]}
            """;
    private static final Question<List<Endpoint>> ORDERS = Question.endpoints("orders");

    private static DnsEngine engine(KubernetesBackend cluster) {
        return DnsEngine.builder()
                .backend(cluster)
                .search(SearchList.ofPod("shop", Name.fromConstantString("cluster.local.")))
                .build()
                .start();
    }

    @Test
    void everyEndpointIsToldWithItsAttributesAlsoOneThatIsNotReady() throws Exception {
        KubernetesBackend cluster =
                KubernetesBackend.inMemory().endpointAttributes().build();
        cluster.replace(SERVICE + SLICE);
        try (DnsEngine engine = engine(cluster)) {
            assertThat(engine.lookup(ORDERS).orThrow())
                    .containsExactly(
                            new Endpoint(
                                    List.of(InetAddress.getByName("198.51.100.1")),
                                    List.of(new EndpointPort("grpc", "tcp", 9001)),
                                    true,
                                    true,
                                    false,
                                    "zone-a",
                                    "node-1",
                                    "orders-x1",
                                    List.of("zone-b")),
                            new Endpoint(
                                    List.of(InetAddress.getByName("198.51.100.2")),
                                    List.of(new EndpointPort("grpc", "tcp", 9001)),
                                    false,
                                    true,
                                    true,
                                    "",
                                    "",
                                    "",
                                    List.of()));
            assertThat(engine.lookup(ORDERS).orThrow().get(0).port("GRPC")).hasValue(9001);
            assertThat(engine.lookup(ORDERS)).isSameAs(engine.lookup(ORDERS));
            assertThat(engine.lookup(Question.endpoints("nobody"))).isInstanceOf(Lookup.NoSuchName.class);
        }
    }

    @Test
    void aServiceWithNoReadyEndpointHasNoNameAndStillHasEndpoints() {
        KubernetesBackend cluster =
                KubernetesBackend.inMemory().endpointAttributes().build();
        cluster.replace(SERVICE + SLICE.replace("ready: true", "ready: false"));
        try (DnsEngine engine = engine(cluster)) {
            assertThat(engine.addresses("orders")).isInstanceOf(Lookup.NoSuchName.class);
            assertThat(engine.lookup(ORDERS).orThrow()).hasSize(2).noneMatch(Endpoint::ready);
        }
    }

    @Test
    void aWatchIsToldWhenAConditionChangesThatNoRecordShows() throws Exception {
        KubernetesBackend cluster =
                KubernetesBackend.inMemory().endpointAttributes().build();
        cluster.replace(SERVICE + SLICE);
        try (DnsEngine engine = engine(cluster)) {
            var ended = engine.watches()
                    .first(ORDERS, lookup -> lookup.orThrow().get(1).serving() == false);
            cluster.apply(SLICE.replace("serving: true, terminating", "serving: false, terminating"));
            assertThat(ended.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .orThrow()
                            .get(1)
                            .serving())
                    .isFalse();
        }
    }

    @Test
    void aWatchedClusterKeepsThemWhereItIsToldTo() {
        try (ScriptedApiServer api = ScriptedApiServer.start()) {
            api.putNamespace("shop");
            api.putService("shop", "orders", "{\"clusterIP\": \"None\"}");
            api.putSlice(
                    "shop", "orders-1", "orders", "[{\"addresses\": [\"198.51.100.1\"], \"nodeName\": \"node-1\"}]");
            try (DnsEngine kept = engine(KubernetesBackend.api(api.url())
                            .endpointAttributes()
                            .build());
                    DnsEngine without = engine(KubernetesBackend.api(api.url()).build())) {
                for (DnsEngine each : List.of(kept, without)) {
                    await().until(() -> each.awaitReady(Duration.ofSeconds(1)));
                }
                assertThat(kept.lookup(ORDERS).orThrow().get(0).node()).isEqualTo("node-1");
                assertThat(without.lookup(ORDERS)).isInstanceOf(Lookup.NoSuchName.class);
                assertThat(without.addresses("orders")).isInstanceOf(Lookup.Found.class);
            }
        }
    }
}
