package dev.waypost.kubernetes.manifest;

import java.io.IOException;

/**
 * What a manifest's object says it is.
 *
 * @param apiVersion e.g. {@code discovery.k8s.io/v1}
 * @param kind e.g. {@code EndpointSlice} or {@code EndpointSliceList}
 */
record TypeFields(String apiVersion, String kind) {
    private static final String LIST = "List";

    static TypeFields of(YamlDocument document, String inheritedVersion, String inheritedKind) throws IOException {
        String[] found = {inheritedVersion, inheritedKind};
        document.object(field -> {
            switch (field) {
                case "apiVersion" -> found[0] = document.text();
                case "kind" -> found[1] = document.text();
                default -> document.skip();
            }
        });
        if (found[1].isEmpty()) {
            document.fault("wants an object with 'kind', found none");
        }
        return new TypeFields(found[0], found[1]);
    }

    boolean isList() {
        return kind.endsWith(LIST);
    }

    /** Kind of the items that do not say their own; empty in a plain {@code List}, whose items must. */
    String itemKind() {
        return kind.substring(0, kind.length() - LIST.length());
    }

    /** The items' apiVersion where they do not say it. */
    String itemVersion() {
        return itemKind().isEmpty() ? "" : apiVersion;
    }
}
