package dev.waypost.examples.embedded;

import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.lookup.SearchList;
import java.nio.file.Path;
import org.xbill.DNS.Name;

/** The example of the project's README, compiled; the lines between the marks stand there too. */
final class ReadmeExample {
    private ReadmeExample() {}

    static void show(Path manifest) {
        // begin of the example
        Name domain = Name.fromConstantString("cluster.local.");
        KubernetesBackend cluster = KubernetesBackend.manifests(manifest) // or inCluster(), kubeconfig(file), api(url)
                .zones("cluster.local", "in-addr.arpa", "ip6.arpa")
                .build();

        try (DnsEngine engine = DnsEngine.builder()
                .backend(cluster)
                .search(SearchList.ofPod("checkout", domain))
                .build()
                .start()) {
            System.out.println(engine.addresses("orders.shop")); // Found[value=[...], name=orders.shop.svc...]
            System.out.println(engine.services("_grpc._tcp.orders.shop").orThrow());
            System.out.println(engine.addresses("nobody.shop")); // NoSuchName[tried=[...]]
        }
        // end of the example
    }
}
