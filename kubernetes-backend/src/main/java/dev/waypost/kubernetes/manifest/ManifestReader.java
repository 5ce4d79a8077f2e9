package dev.waypost.kubernetes.manifest;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final String source;
    private final ManifestObjects objects = new ManifestObjects();

    private ManifestReader(String source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException where it cannot be read or used, with file, line and column
     */
    public static ManifestObjects read(Path file) {
        try {
            return read(Files.readString(file), file.toString());
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * Reads a text.
     *
     * @param source what errors call it
     * @throws ConfigurationException where it cannot be used, with source, line and column
     */
    public static ManifestObjects read(String text, String source) {
        ManifestReader reader = new ManifestReader(source);
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
        TypeFields type = TypeFields.of(new YamlDocument(source, root), "", "");
        if (type.isList()) {
            list(root, type);
        } else {
            object(root, type);
        }
    }

    /** Takes the items of a list; those of a typed list need not say their kind. */
    private void list(Node root, TypeFields type) throws IOException {
        YamlDocument list = new YamlDocument(source, root);
        list.object(field -> {
            if (field.equals("items")) {
                list.array(() -> item(list, type));
            }
        });
    }

    private void item(YamlDocument list, TypeFields type) throws IOException {
        TypeFields itemType = TypeFields.of(new YamlDocument(source, list.here()), type.itemVersion(), type.itemKind());
        if (itemType.isList()) {
            list.fault("a list wants objects, found a " + itemType.kind()); // nested aliases would multiply
        }
        object(list.here(), itemType);
    }

    private void object(Node node, TypeFields type) throws IOException {
        for (ResourceKind<?> known : ResourceKind.ALL) {
            if (known.matches(type.apiVersion(), type.kind())) {
                object(node, known);
            }
        }
    }

    private <T extends ApiObject> void object(Node node, ResourceKind<T> kind) throws IOException {
        objects.add(kind, kind.read(new YamlDocument(source, node)), LabelFields.of(new YamlDocument(source, node)));
    }
}
