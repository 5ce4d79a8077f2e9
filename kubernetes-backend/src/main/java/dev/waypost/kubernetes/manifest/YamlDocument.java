package dev.waypost.kubernetes.manifest;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.model.DocumentReader;
import dev.waypost.kubernetes.model.Excerpt;
import dev.waypost.kubernetes.model.WholeNumber;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML document read by its nodes, so that every fault has a line and column. A fault is an exception: who reads one object
 * of many goes on with the next one.
 *
 * <p>Only fields that are asked for are walked, so aliases cannot blow a small file up.
 */
final class YamlDocument implements DocumentReader {
    private final String source;
    private final Consumer<ConfigurationException> leftOut;
    private Node here;

    /** A document. @param leftOut takes what is left out of the object; it may throw it */
    YamlDocument(String source, Node root, Consumer<ConfigurationException> leftOut) {
        this.source = source;
        this.here = root;
        this.leftOut = leftOut;
    }

    @Override
    public void object(Member member) throws IOException {
        Node object = here;
        if (isNull(object)) {
            return;
        }
        if (!(object instanceof MappingNode mapping)) {
            throw wanted("an object");
        }
        for (NodeTuple tuple : scalarsFirst(mapping)) {
            here = tuple.getValueNode();
            member.take(((ScalarNode) tuple.getKeyNode()).getValue());
        }
        here = object;
    }

    /** Readers learn what an object is before they meet its lists, whatever order a person wrote. */
    private List<NodeTuple> scalarsFirst(MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            here = tuple.getKeyNode();
            if (!(here instanceof ScalarNode key)) {
                throw wanted("a field name");
            }
            if (key.getTag().equals(Tag.MERGE)) {
                throw at("merge keys ('<<') are not read; write the fields out");
            }
            if (!seen.add(key.getValue())) {
                throw at("'" + Excerpt.of(key.getValue()) + "' stands here twice");
            }
        }
        return mapping.getValue().stream()
                .sorted(Comparator.comparing((NodeTuple tuple) -> !(tuple.getValueNode() instanceof ScalarNode)))
                .toList();
    }

    @Override
    public void array(Item item) throws IOException {
        Node list = here;
        if (isNull(list)) {
            return;
        }
        if (!(list instanceof SequenceNode sequence)) {
            throw wanted("a list");
        }
        for (Node node : sequence.getValue()) {
            here = node;
            item.take();
        }
        here = list;
    }

    @Override
    public String text() {
        if (isNull(here)) {
            return "";
        }
        if (here instanceof ScalarNode scalar && (scalar.getTag().equals(Tag.STR) || isTime(scalar))) {
            return scalar.getValue();
        }
        throw wanted("a text (quote it)");
    }

    /** YAML takes an unquoted RFC 3339 time for a type of its own; the API writes times as texts. */
    private static boolean isTime(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.TIMESTAMP);
    }

    @Override
    public @Nullable Long number() {
        if (isNull(here)) {
            return null;
        }
        if (here instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            Long number = WholeNumber.read(scalar.getValue());
            if (number != null) {
                return number;
            }
            throw wanted("a decimal number");
        }
        throw wanted("a number");
    }

    @Override
    public @Nullable Boolean flag() {
        if (isNull(here)) {
            return null;
        }
        if (here instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return flag(scalar.getValue());
        }
        throw wanted("true or false");
    }

    /** YAML 1.1 has six words for the two values, in any case; the resolver takes all of them for one. */
    private Boolean flag(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Boolean.TRUE;
            case "false", "no", "off" -> Boolean.FALSE;
            default -> throw wanted("true or false"); // a tag of its own says so of any word
        };
    }

    @Override
    public void skip() {
        // a node that nobody walks costs nothing
    }

    @Override
    public void fault(String problem) {
        throw at(problem);
    }

    @Override
    public void leftOut(String problem) {
        leftOut.accept(at(problem));
    }

    /** The node to be taken next. */
    Node here() {
        return here;
    }

    /** Whether the document or value is empty. */
    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private ConfigurationException wanted(String wanted) {
        return at("wants " + wanted + ", found " + found());
    }

    private String found() {
        return switch (here.getNodeId()) {
            case mapping -> "an object";
            case sequence -> "a list";
            default -> here instanceof ScalarNode scalar ? "\"" + Excerpt.of(scalar.getValue()) + "\"" : "an alias";
        };
    }

    private ConfigurationException at(String problem) {
        Mark mark = here.getStartMark();
        return ConfigurationException.at(source, mark.getLine() + 1, mark.getColumn() + 1, problem);
    }
}
