package dev.waypost.corefile;

/** Corefiles that every Kubernetes cluster has, with documentation addresses. */
final class Corefiles {
    /** kubeadm's, with ports that anybody may open. */
    static final String KUBERNETES = """
            .:1053 {
                errors
                health 127.0.0.1:8080 {
                   lameduck 5s
                }
                ready 127.0.0.1:8181
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   pods insecure
                   fallthrough in-addr.arpa ip6.arpa
                   ttl 30
                }
                prometheus 127.0.0.1:9153
                forward . /etc/resolv.conf {
                   max_concurrent 1000
                }
                cache 30 {
                   disable success cluster.local
                   disable denial cluster.local
                }
                loop
                reload
                loadbalance
            }
            """;

    /** The node-local cache's. */
    static final String NODE_LOCAL = """
            cluster.local:53 {
                errors
                cache {
                    success 9984 30
                    denial 9984 5
                }
                reload
                loop
                bind 192.0.2.20 192.0.2.10
                forward . 192.0.2.11 {
                    force_tcp
                }
                prometheus :9253
                health 192.0.2.20:8080
            }
            in-addr.arpa:53 {
                errors
                cache 30
                reload
                loop
                bind 192.0.2.20 192.0.2.10
                forward . 192.0.2.11 {
                    force_tcp
                }
                prometheus :9253
            }
            .:53 {
                errors
                cache 30
                reload
                loop
                bind 192.0.2.20 192.0.2.10
                forward . /etc/resolv.conf
                prometheus :9253
            }
            """;

    private Corefiles() {}
}
