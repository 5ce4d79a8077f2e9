package dev.waypost.kubernetes.manifest;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.Excerpt;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the Namespaces, Services, EndpointSlices, Pods and ServiceImports of a manifest; objects of other kinds are passed over. YAML or JSON,
 * one or several documents, lists of objects included.
 *
 * <p>No Java type is ever made from a tag, and size, depth and aliases are bounded: a manifest is data.
 */
public final class ManifestReader {
    private static final int MOST_CHARACTERS = 256 * 1024 * 1024;
    private static final int MOST_DEPTH = 50;
    private static final int MOST_ALIASES = 50;

    private static final String UNKNOWN_RESOURCE = "objects";

    private final String source;
    private final ObjectFaults faults;
    private final ManifestObjects objects = new ManifestObjects();

    private ManifestReader(String source, ObjectFaults faults) {
        this.source = source;
        this.faults = faults;
    }

    /**
     * Reads a file.
     *
     * @param faults is told of objects that cannot be used
     * @throws ConfigurationException where it cannot be read or is no manifest, with file, line and column
     */
    public static ManifestObjects read(Path file, ObjectFaults faults) {
        try {
            return read(Files.readString(file), file.toString(), faults);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * Reads a text.
     *
     * @param source what errors call it
     * @param faults is told of objects that cannot be used
     * @throws ConfigurationException where it is no manifest, with source, line and column
     */
    public static ManifestObjects read(String text, String source, ObjectFaults faults) {
        ManifestReader reader = new ManifestReader(source, faults);
        try {
            for (Node document : yaml().composeAll(new StringReader(asYaml(text)))) {
                reader.document(document);
            }
            return reader.objects;
        } catch (MarkedYAMLException broken) {
            throw broken(source, broken);
        } catch (YAMLException refused) {
            throw ConfigurationException.of(source, "cannot be read as YAML or JSON: " + refused.getMessage(), refused);
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    private static Yaml yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_CHARACTERS);
        limits.setNestingDepthLimit(MOST_DEPTH);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        return new Yaml(new SafeConstructor(limits));
    }

    /** JSON is YAML but for tabs between its words and the escape {@code \\/} (RFC 8259 sections 2 and 7). */
    private static String asYaml(String text) {
        String begin = text.stripLeading();
        if (!begin.startsWith("{") && !begin.startsWith("[")) {
            return text;
        }
        StringBuilder yaml = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length();
            if (escape && text.charAt(i + 1) != '/') {
                yaml.append(c).append(text.charAt(++i));
            } else if (!escape) {
                yaml.append(c == '\t' ? ' ' : c);
            }
        }
        return yaml.toString();
    }

    private static ConfigurationException broken(String source, MarkedYAMLException broken) {
        String problem = String.valueOf(broken.getProblem());
        return broken.getProblemMark() == null
                ? ConfigurationException.of(source, problem, broken)
                : ConfigurationException.at(
                        source,
                        broken.getProblemMark().getLine() + 1,
                        broken.getProblemMark().getColumn() + 1,
                        problem);
    }

    private void document(Node root) throws IOException {
        if (YamlDocument.isNull(root)) {
            return;
        }
        TypeFields type = TypeFields.of(strict(root), "", "");
        if (type.isList()) {
            list(root, type);
        } else {
            object(root, type);
        }
    }

    /** A document of which a part cannot be left out. */
    private YamlDocument strict(Node node) {
        return new YamlDocument(source, node, fault -> {
            throw fault;
        });
    }

    /** Takes the items of a list; those of a typed list need not say their kind. */
    private void list(Node root, TypeFields type) throws IOException {
        YamlDocument list = strict(root);
        list.object(field -> {
            if (field.equals("items")) {
                list.array(() -> item(list.here(), type));
            }
        });
    }

    private void item(Node item, TypeFields type) throws IOException {
        TypeFields itemType;
        try {
            itemType = TypeFields.of(strict(item), type.itemVersion(), type.itemKind());
            if (itemType.isList()) {
                strict(item)
                        .fault("a list wants objects, found a "
                                + Excerpt.of(itemType.kind())); // nested aliases would multiply
            }
        } catch (ConfigurationException unusable) {
            faults.object(UNKNOWN_RESOURCE, unusable);
            return;
        }
        object(item, itemType);
    }

    private void object(Node node, TypeFields type) throws IOException {
        List<ResourceKind<?>> kinds = ResourceKind.ALL.stream()
                .filter(kind -> kind.matches(type.apiVersion(), type.kind()))
                .toList();
        if (kinds.isEmpty()) {
            return;
        }
        Map<String, String> labels;
        try {
            labels = LabelFields.of(strict(node));
        } catch (ConfigurationException unusable) {
            faults.object(kinds.get(0).resource(), unusable);
            return;
        }
        for (ResourceKind<?> kind : kinds) {
            if (kind.isMeantBy(labels)) {
                object(node, kind, labels);
            }
        }
    }

    private <T extends ApiObject> void object(Node node, ResourceKind<T> kind, Map<String, String> labels)
            throws IOException {
        try {
            YamlDocument document = new YamlDocument(source, node, fault -> faults.part(kind.resource(), fault));
            objects.add(kind, kind.read(document), labels);
        } catch (ConfigurationException unusable) {
            faults.object(kind.resource(), unusable);
        }
    }
}
