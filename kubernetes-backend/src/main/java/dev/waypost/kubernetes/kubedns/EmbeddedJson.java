package dev.waypost.kubernetes.kubedns;

import dev.waypost.ConfigurationException;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * JSON in a key of a ConfigMap. It is read as YAML, for the places of its faults, and held to JSON's brackets and quotes:
 * kube-dns reads nothing else.
 *
 * @param key the key, for faults
 */
record EmbeddedJson(String key, YamlText text) {
    Node root() {
        return text.root();
    }

    List<YamlText.Member> members(Node object) {
        checkBrackets(object);
        List<YamlText.Member> members = text.members(object, "'" + key + "'");
        members.forEach(member -> text(member.key()));
        return members;
    }

    /** The items of a list. */
    List<Node> items(Node list) {
        checkBrackets(list);
        if (list instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw fault(list, "wants a list of IP[:port], found " + YamlText.describe(list));
    }

    private void checkBrackets(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() != FlowStyle.FLOW) {
            throw fault(node, "wants JSON, found YAML");
        }
    }

    /** A text. */
    String text(Node node) {
        if (node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
            return scalar.getValue();
        }
        throw fault(node, "wants a text in double quotes, found " + YamlText.describe(node));
    }

    ConfigurationException fault(Node at, String problem) {
        return text.fault(at, "'" + key + "' " + problem);
    }
}
