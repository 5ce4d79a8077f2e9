package dev.waypost.jvm;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.SearchList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * The pod that this JVM runs in, as Kubernetes describes it to its processes: enough for an engine of the pod's cluster.
 *
 * @param apiHost {@code KUBERNETES_SERVICE_HOST}; empty outside of a pod
 * @param account folder of the service account: token, namespace
 * @param resolvConf the pod's resolv.conf(5)
 */
record Pod(Optional<String> apiHost, Path account, Path resolvConf) {
    private static final Name CLUSTER_LOCAL = Name.fromConstantString("cluster.local.");

    /** The one we are in. */
    static Pod here() {
        return new Pod(
                Optional.ofNullable(System.getenv("KUBERNETES_SERVICE_HOST")),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount"),
                Path.of("/etc/resolv.conf"));
    }

    /** @throws ConfigurationException where this is no pod, or one that may not ask its cluster */
    void check() {
        if (apiHost.isEmpty()) {
            throw ConfigurationException.of(
                    "KUBERNETES_SERVICE_HOST", "is not set: this process is in no pod, so a Corefile is wanted");
        }
        if (!Files.isReadable(account.resolve("token"))) {
            throw ConfigurationException.of(
                    account.resolve("token").toString(),
                    "cannot be read: the pod wants a service account (automountServiceAccountToken), or a Corefile");
        }
    }

    /** An engine of the cluster's names and addresses, with the pod's search list; not started. */
    DnsEngine engine() {
        SearchList search = Files.exists(resolvConf) ? SearchList.ofResolvConf(resolvConf) : SearchList.NONE;
        Optional<Name> domain = clusterDomain(search);
        SearchList wanted = domain.isPresent() ? search : SearchList.ofPod(namespace(), CLUSTER_LOCAL);
        String text = corefile(domain.orElse(CLUSTER_LOCAL));
        return DnsEngine.of(CorefilePlanner.installed().plan(text, "Corefile of the pod", account), wanted);
    }

    /** Reverse names of addresses outside of the cluster are not the cluster's to answer. */
    private static String corefile(Name domain) {
        return """
                %1$s in-addr.arpa ip6.arpa {
                    kubernetes %1$s in-addr.arpa ip6.arpa {
                        fallthrough in-addr.arpa ip6.arpa
                    }
                }
                """.formatted(domain);
    }

    /** Kubernetes lets pods search NAMESPACE.svc.DOMAIN, svc.DOMAIN and DOMAIN, unless their dnsPolicy says otherwise. */
    private static Optional<Name> clusterDomain(SearchList search) {
        return search.domains().stream()
                .filter(domain -> domain.getLabelString(0).equalsIgnoreCase("svc"))
                .map(domain -> new Name(domain, 1))
                .findFirst();
    }

    private String namespace() {
        Path file = account.resolve("namespace");
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw ConfigurationException.of(
                    file.toString(), "the pod's namespace cannot be read: " + unreadable, unreadable);
        }
    }
}
