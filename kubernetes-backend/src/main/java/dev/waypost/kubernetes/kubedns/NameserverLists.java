package dev.waypost.kubernetes.kubedns;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.model.DnsLabel;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** The two values of a kube-dns ConfigMap, with kube-dns's own rules for them. */
record NameserverLists(EmbeddedJson json) {
    private static final int MOST_UPSTREAMS = 3;
    private static final int MOST_STUB_DOMAINS = 1000;
    /** As many as 'forward' takes. */
    private static final int MOST_SERVERS = 15;

    private static final int MOST_OCTETS = 253; // Kubernetes' bound for a DNS subdomain

    Map<String, List<InetSocketAddress>> stubDomains() {
        Node root = json.root();
        List<YamlText.Member> members = json.members(root);
        if (members.size() > MOST_STUB_DOMAINS) {
            throw json.fault(root, "wants at most " + MOST_STUB_DOMAINS + " domains, found " + members.size());
        }
        Map<String, List<InetSocketAddress>> domains = new LinkedHashMap<>();
        members.forEach(member -> domains.put(domain(member), servers(member)));
        return domains;
    }

    private String domain(YamlText.Member member) {
        String name = member.name();
        boolean valid = name.length() <= MOST_OCTETS
                && name.equals(DnsLabel.folded(name))
                && Arrays.stream(name.split("\\.", -1)).allMatch(DnsLabel::isValid);
        if (!valid) {
            throw json.fault(
                    member.key(),
                    "wants a DNS subdomain in lower case and without a final dot, found \"" + name + "\"");
        }
        return name;
    }

    private List<InetSocketAddress> servers(YamlText.Member member) {
        List<Node> items = json.items(member.value());
        if (items.isEmpty() || items.size() > MOST_SERVERS) {
            throw json.fault(
                    member.value(),
                    "wants 1.." + MOST_SERVERS + " name servers for \"" + member.name() + "\", found " + items.size());
        }
        return items.stream().map(this::server).toList();
    }

    List<InetSocketAddress> upstreams() {
        Node root = json.root();
        List<Node> items = json.items(root);
        if (items.size() > MOST_UPSTREAMS) {
            throw json.fault(
                    items.get(MOST_UPSTREAMS),
                    "wants at most " + MOST_UPSTREAMS + " name servers, found " + items.size());
        }
        return items.stream().map(this::server).toList();
    }

    /** kube-dns takes a name too, and looks it up once, at its start, through the host: what it led to then is stale. */
    private InetSocketAddress server(Node node) {
        String text = json.text(node);
        return ServerAddress.parse(text).orElseThrow(() -> refused(node, text));
    }

    private ConfigurationException refused(Node node, String text) {
        boolean looksLikeName =
                Arrays.stream(text.split(":", 2)[0].split("\\.")).allMatch(DnsLabel::isValid)
                        && text.chars().anyMatch(Character::isLetter);
        return json.fault(
                node,
                "wants IP[:port], found \"" + text + "\""
                        + (looksLikeName ? "; a server's name is not looked up through the host" : ""));
    }
}
