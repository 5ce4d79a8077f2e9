package dev.waypost.testkit;

import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.lookup.SearchList;
import org.xbill.DNS.Name;

/**
 * A Kubernetes cluster in memory: "given service orders with three endpoints". Every change is in the next answer.
 *
 * <pre>{@code
 * FakeCluster cluster = new FakeCluster();
 * cluster.service("shop", "orders").port("grpc", 9000).endpoints("192.0.2.1", "192.0.2.2");
 * try (DnsEngine engine = cluster.engine("checkout")) { ... }
 * }</pre>
 *
 * <p>Safe for any number of threads.
 */
public final class FakeCluster {
    /** The cluster's domain. */
    public static final Name DOMAIN = Name.fromConstantString("cluster.local.");

    private final KubernetesBackend backend = KubernetesBackend.inMemory()
            .zones("cluster.local", "in-addr.arpa", "ip6.arpa")
            .endpointAttributes()
            .build();

    /** A cluster without a service. */
    public FakeCluster() {}

    /**
     * A service to be given endpoints or an address; there from the first such call on.
     *
     * @param namespace created where it is missing
     */
    public FakeService service(String namespace, String name) {
        return new FakeService(this, namespace, name);
    }

    /** Applies objects as {@code kubectl apply} reads them: for what {@link #service} has no word for. */
    public FakeCluster apply(String manifest) {
        backend.apply(manifest);
        return this;
    }

    /** Deletes objects, named as {@link #apply} names them. */
    public FakeCluster delete(String manifest) {
        backend.delete(manifest);
        return this;
    }

    /** An engine as a pod of a namespace has it: its relative names are completed as that pod's. Started; close it. */
    public DnsEngine engine(String namespace) {
        return DnsEngine.builder()
                .backend(backend)
                .search(SearchList.ofPod(namespace, DOMAIN))
                .build()
                .start();
    }

    /** The same behind faults. */
    public DnsEngine engine(String namespace, Faults faults) {
        return DnsEngine.builder()
                .backend(backend)
                .layer(faults)
                .search(SearchList.ofPod(namespace, DOMAIN))
                .build()
                .start();
    }

    /** The backend, for an engine put together in another way. */
    public KubernetesBackend backend() {
        return backend;
    }
}
