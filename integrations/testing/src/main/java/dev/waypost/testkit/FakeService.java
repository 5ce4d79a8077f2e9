package dev.waypost.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A service of a {@link FakeCluster}. Ports come first; each call that gives it addresses makes it so at once. */
public final class FakeService {
    private final FakeCluster cluster;
    private final String namespace;
    private final String name;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    FakeService(FakeCluster cluster, String namespace, String name) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = name;
    }

    /** Adds a TCP port for the addresses given from now on. */
    public FakeService port(String portName, int number) {
        ports.put(portName, number);
        return this;
    }

    /** Makes it a headless service with exactly these ready endpoints; none makes its name missing. */
    public FakeService endpoints(String... addresses) {
        cluster.apply(service("clusterIP: None") + slice("IPv4", addresses, false) + slice("IPv6", addresses, true));
        return this;
    }

    /** Makes it a service with these cluster addresses. */
    public FakeService clusterIps(String... addresses) {
        cluster.apply(service("clusterIP: '" + addresses[0] + "', clusterIPs: " + quoted(List.of(addresses))));
        return this;
    }

    /** Makes it an alias: a service of type ExternalName. */
    public FakeService externalName(String target) {
        cluster.apply(service("type: ExternalName, externalName: '" + target + "'"));
        return this;
    }

    /** Takes it away. */
    public void remove() {
        cluster.delete(
                service("clusterIP: None") + slice("IPv4", new String[0], false) + slice("IPv6", new String[0], true));
    }

    private String service(String spec) {
        return "{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}\n---\n"
                + "{apiVersion: v1, kind: Service, metadata: {name: " + name + ", namespace: " + namespace
                + "}, spec: {"
                + spec + ", ports: [" + ports() + "]}}\n";
    }

    private String slice(String family, String[] addresses, boolean six) {
        String endpoints = Arrays.stream(addresses)
                .filter(address -> address.contains(":") == six)
                .map(address -> "{addresses: ['" + address + "'], conditions: {ready: true}}")
                .collect(Collectors.joining(", "));
        return "---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: " + name
                + (six ? "-6" : "-4")
                + ", namespace: " + namespace + ", labels: {kubernetes.io/service-name: " + name + "}}, addressType: "
                + family + ", ports: [" + ports() + "], endpoints: [" + endpoints + "]}\n";
    }

    private String ports() {
        return ports.entrySet().stream()
                .map(port -> "{name: " + port.getKey() + ", protocol: TCP, port: " + port.getValue() + "}")
                .collect(Collectors.joining(", "));
    }

    private static List<String> quoted(List<String> texts) {
        return texts.stream().map(text -> "'" + text + "'").toList();
    }
}
