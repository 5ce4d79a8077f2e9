package dev.waypost.kubernetes.kubedns;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the two keys of a kube-dns ConfigMap; every other key is refused, so that a misspelt one is seen. */
final class ConfigMapReader {
    /** Twice what a ConfigMap may hold, for what stands around its data. */
    private static final int MOST_OCTETS = 2 << 20;

    private final YamlText text;
    private Map<String, List<InetSocketAddress>> stubDomains = Map.of();
    private List<InetSocketAddress> upstreams = List.of();

    private ConfigMapReader(YamlText text) {
        this.text = text;
    }

    static KubeDnsConfig read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            return read(new String(octets, StandardCharsets.UTF_8), file.toString());
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
        }
    }

    static KubeDnsConfig read(String manifest, String source) {
        if (manifest.length() > MOST_OCTETS) {
            throw ConfigurationException.of(source, "a ConfigMap wants at most " + MOST_OCTETS + " octets, found more");
        }
        ConfigMapReader reader = new ConfigMapReader(new YamlText(manifest, source));
        reader.manifest();
        return new KubeDnsConfig(reader.stubDomains, reader.upstreams);
    }

    private void manifest() {
        Node root = text.root();
        Map<String, Node> fields = new LinkedHashMap<>();
        text.members(root, "a ConfigMap").forEach(member -> fields.put(member.name(), member.value()));
        Node kind = fields.getOrDefault("kind", root);
        if (!YamlText.isText(kind, "ConfigMap")) {
            throw text.fault(kind, "'kind' wants ConfigMap, found " + YamlText.describe(fields.get("kind")));
        }
        Node version = fields.getOrDefault("apiVersion", root);
        if (!YamlText.isText(version, "v1")) {
            throw text.fault(version, "'apiVersion' wants v1, found " + YamlText.describe(fields.get("apiVersion")));
        }
        Node data = fields.get("data");
        if (data != null && !YamlText.isNull(data)) {
            text.members(data, "'data'").forEach(this::key);
        }
    }

    private void key(YamlText.Member member) {
        switch (member.name()) {
            case "stubDomains" -> stubDomains = new NameserverLists(text.embedded(member)).stubDomains();
            case "upstreamNameservers" -> upstreams = new NameserverLists(text.embedded(member)).upstreams();
            case "federations" ->
                throw text.fault(
                        member.key(), "'federations' is not supported: Kubernetes has no federated names any more");
            default ->
                throw text.fault(
                        member.key(),
                        "a kube-dns ConfigMap wants stubDomains or upstreamNameservers, found \"" + member.name()
                                + "\"");
        }
    }
}
