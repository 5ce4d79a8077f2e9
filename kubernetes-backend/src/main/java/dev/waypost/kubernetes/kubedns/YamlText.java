package dev.waypost.kubernetes.kubedns;

import dev.waypost.ConfigurationException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One YAML or JSON document as nodes, whose faults say where they stand; also when it is a text of another document. */
final class YamlText {
    private static final int MOST_DEPTH = 50;
    private static final int MOST_ALIASES = 50;

    private final String text;
    private final Place place;

    /** Where a line and column of the text, both from 0, is told to be. */
    @FunctionalInterface
    private interface Place {
        ConfigurationException fault(int line, int column, String problem);
    }

    /** A field of an object. */
    record Member(String name, Node key, Node value) {}

    YamlText(String text, String source) {
        this(text, (line, column, problem) -> ConfigurationException.at(source, line + 1, column + 1, problem));
    }

    private YamlText(String text, Place place) {
        // JSON has tabs between its words (RFC 8259 section 2), YAML has not.
        this.text = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
        this.place = place;
    }

    /** The only document. */
    Node root() {
        LoaderOptions limits = new LoaderOptions();
        limits.setNestingDepthLimit(MOST_DEPTH);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            Node root = new Yaml(new SafeConstructor(limits)).compose(new StringReader(text));
            if (root == null) {
                throw place.fault(0, 0, "wants an object, found nothing");
            }
            return root;
        } catch (MarkedYAMLException broken) {
            Mark mark = broken.getProblemMark();
            throw place.fault(
                    mark == null ? 0 : mark.getLine(),
                    mark == null ? 0 : mark.getColumn(),
                    String.valueOf(broken.getProblem()));
        } catch (YAMLException refused) {
            throw place.fault(0, 0, "cannot be read as YAML or JSON: " + refused.getMessage());
        }
    }

    /** The fields of an object, each once. */
    List<Member> members(Node object, String what) {
        if (!(object instanceof MappingNode mapping)) {
            throw fault(object, what + " wants an object, found " + describe(object));
        }
        Set<String> seen = new HashSet<>();
        List<Member> members = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode name)) {
                throw fault(key, what + " wants field names, found " + describe(key));
            }
            if (!seen.add(name.getValue())) {
                throw fault(key, "\"" + name.getValue() + "\" stands in " + what + " twice");
            }
            members.add(new Member(name.getValue(), key, tuple.getValueNode()));
        }
        return members;
    }

    /** The JSON that a field's text holds. */
    EmbeddedJson embedded(Member member) {
        if (!(member.value() instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
            throw fault(
                    member.value(),
                    "'" + member.name() + "' wants JSON in a text, found " + describe(member.value())
                            + "; put '|' or quotes before it");
        }
        return new EmbeddedJson(member.name(), new YamlText(scalar.getValue(), within(scalar)));
    }

    /** Texts are looked for in the lines they were read from; a folded or escaped one is told by its beginning. */
    private Place within(ScalarNode scalar) {
        boolean block = scalar.getScalarStyle() == ScalarStyle.LITERAL;
        int start = scalar.getStartMark().getLine() + (block ? 1 : 0);
        int from = block ? 0 : scalar.getStartMark().getColumn();
        List<String> outer = text.lines().toList();
        List<String> inner = scalar.getValue().lines().toList();
        return (line, column, problem) -> {
            boolean known = line < inner.size() && start + line < outer.size();
            int shift = known ? outer.get(start + line).indexOf(inner.get(line), line == 0 ? from : 0) : -1;
            return shift < 0 ? fault(scalar, problem) : place.fault(start + line, shift + column, problem);
        };
    }

    /** A fault at a node. */
    ConfigurationException fault(Node at, String problem) {
        return place.fault(at.getStartMark().getLine(), at.getStartMark().getColumn(), problem);
    }

    static boolean isText(Node node, String wanted) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(wanted);
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static String describe(@Nullable Node node) {
        if (node == null) {
            return "none";
        }
        return node instanceof ScalarNode scalar
                ? "\"" + scalar.getValue() + "\""
                : node instanceof MappingNode ? "an object" : "a list";
    }
}
