package dev.waypost.kubernetes.kubedns;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.model.IpAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What kube-dns's ConfigMap says: where the names of some domains, and all names outside of the cluster, are asked.
 *
 * <p>Kubernetes itself translated it into a Corefile when clusters moved to CoreDNS; {@link #toCorefile} is that
 * translation. Reading looks nothing up and opens nothing but the file.
 *
 * @param stubDomains domain to its name servers, at least one each, in the order of the ConfigMap; domains are lower-case
 *     and without a final dot
 * @param upstreamNameservers where all other names are asked, at most three; empty for those of the host's resolv.conf
 */
public record KubeDnsConfig(
        Map<String, List<InetSocketAddress>> stubDomains, List<InetSocketAddress> upstreamNameservers) {
    static final int DNS_PORT = 53;

    public KubeDnsConfig {
        Map<String, List<InetSocketAddress>> copy = new LinkedHashMap<>();
        stubDomains.forEach((domain, servers) -> copy.put(domain, List.copyOf(servers)));
        stubDomains = Collections.unmodifiableMap(copy); // Map.copyOf would lose the order
        upstreamNameservers = List.copyOf(upstreamNameservers);
    }

    /**
     * Reads a ConfigMap manifest, YAML or JSON.
     *
     * @throws ConfigurationException where it cannot be read or used, with file, line and column
     */
    public static KubeDnsConfig read(Path file) {
        return ConfigMapReader.read(file);
    }

    /**
     * Reads a ConfigMap manifest given as text.
     *
     * @param source what errors call it
     * @throws ConfigurationException where it cannot be used, with source, line and column
     */
    public static KubeDnsConfig read(String manifest, String source) {
        return ConfigMapReader.read(manifest, source);
    }

    /**
     * The Corefile that says the same: one server block for the root zone and one for each stub domain, all with {@code
     * errors}, {@code cache 30}, {@code loop} and {@code forward}, on the port of server blocks that name none.
     *
     * @param directives what else stands in the root zone's block, each as in a Corefile and maybe of several lines: {@code
     *     kubernetes}, first of all
     */
    public String toCorefile(String... directives) {
        StringBuilder corefile = new StringBuilder();
        String upstreams = upstreamNameservers.isEmpty() ? "/etc/resolv.conf" : targets(upstreamNameservers);
        block(corefile, ".", upstreams, directives);
        stubDomains.forEach((domain, servers) -> block(corefile, domain, targets(servers)));
        return corefile.toString();
    }

    private static void block(StringBuilder corefile, String zone, String targets, String... directives) {
        corefile.append(zone).append(" {\n    errors\n");
        for (String directive : directives) {
            corefile.append(directive.stripTrailing().indent(4));
        }
        corefile.append("    cache 30\n    loop\n    forward . ")
                .append(targets)
                .append("\n}\n");
    }

    private static String targets(List<InetSocketAddress> servers) {
        return servers.stream().map(KubeDnsConfig::target).collect(Collectors.joining(" "));
    }

    private static String target(InetSocketAddress server) {
        IpAddress address = IpAddress.of(server.getAddress().getAddress());
        if (server.getPort() == DNS_PORT) {
            return address.toString();
        }
        return (address.isV4() ? address.toString() : "[" + address + "]") + ":" + server.getPort();
    }
}
