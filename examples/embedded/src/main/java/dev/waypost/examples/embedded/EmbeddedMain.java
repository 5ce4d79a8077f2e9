package dev.waypost.examples.embedded;

import dev.waypost.Query;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Question;
import dev.waypost.lookup.SearchList;
import dev.waypost.lookup.ServiceInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Looks up a service of a cluster from inside a program, changes the cluster, sees the change at once, is told of it, and
 * asks how the answer came about.
 *
 * <p>No socket is opened and none could be: the cluster is in memory, and so is every answer. With {@link
 * KubernetesBackend#inCluster()} in place of {@link KubernetesBackend#inMemory()} the same lines follow a real cluster.
 */
public final class EmbeddedMain {
    private static final Name CLUSTER_DOMAIN = Name.fromConstantString("cluster.local.");
    private static final Name ORDERS = Name.fromConstantString("orders.shop.svc.cluster.local.");
    private static final int WARM_UP = 50_000;
    private static final int MEASURED = 50_000;

    private static final String FOURTH_ENDPOINT = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: orders-2
              namespace: shop
              labels: {kubernetes.io/service-name: orders}
            addressType: IPv4
            ports: [{name: grpc, protocol: TCP, port: 9000}]
            endpoints:
              - addresses: [198.51.100.4]
                conditions: {ready: true}
            """;

    private EmbeddedMain() {}

    /** Runs the example. */
    public static void main(String[] args) throws IOException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        KubernetesBackend cluster = KubernetesBackend.inMemory().build();
        cluster.replace(resource("/sample-cluster.yaml"));
        try (DnsEngine engine = DnsEngine.builder()
                .backend(cluster)
                .search(SearchList.ofPod("checkout", CLUSTER_DOMAIN)) // a pod of the namespace "checkout" asks
                .build()
                .start()) {
            out.println("addresses of orders.shop: " + engine.addresses("orders.shop"));
            Lookup<List<ServiceInstance>> instances = engine.services("_grpc._tcp.orders.shop");
            instances.orThrow().forEach(instance -> out.println("instance: " + instance));
            out.println("one look-up took " + nanosALookup(engine) + " ns, search list and all, over " + MEASURED);

            CompletableFuture<Lookup<List<InetAddress>>> pushed = engine.watches()
                    .first(
                            Question.addresses("orders.shop"),
                            lookup -> lookup.orThrow().size() == 4);
            cluster.apply(FOURTH_ENDPOINT);
            List<InetAddress> addresses = engine.addresses("orders.shop").orThrow();
            out.println("after one more endpoint came: " + addresses.size() + " addresses, " + addresses);
            out.println("pushed: " + pushed.join().orThrow().size() + " addresses");
            out.print("explained: " + engine.explain(Query.of(ORDERS, Type.A)));
        }
    }

    private static long nanosALookup(DnsEngine engine) {
        lookUp(engine, WARM_UP);
        long began = System.nanoTime();
        lookUp(engine, MEASURED);
        return (System.nanoTime() - began) / MEASURED;
    }

    private static void lookUp(DnsEngine engine, int times) {
        for (int i = 0; i < times; i++) {
            engine.addresses("orders.shop").orThrow();
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = EmbeddedMain.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
