package dev.waypost.examples.server;

import dev.waypost.kubernetes.kubedns.KubeDnsConfig;
import java.nio.file.Path;

/** A kube-dns ConfigMap as a Corefile for this server: what Kubernetes' own default Corefile has, with kube-dns's TTL. */
final class KubeDnsTranslation {
    private static final String KUBERNETES = """
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
                fallthrough in-addr.arpa ip6.arpa
                ttl 30
            }
            """;

    private KubeDnsTranslation() {}

    /** The Corefile's text; it is a beginning, to be looked over and kept in place of the ConfigMap. */
    static String of(Path configMap) {
        return KubeDnsConfig.read(configMap)
                .toCorefile("health", "ready", "prometheus :9153", KUBERNETES, "reload", "loadbalance");
    }
}
