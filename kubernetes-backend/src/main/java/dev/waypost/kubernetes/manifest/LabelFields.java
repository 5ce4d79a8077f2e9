package dev.waypost.kubernetes.manifest;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the labels of a manifest's object; a watched cluster leaves them to the API server. */
final class LabelFields {
    private LabelFields() {}

    static Map<String, String> of(YamlDocument document) throws IOException {
        Map<String, String> labels = new HashMap<>();
        document.object(field -> {
            if (field.equals("metadata")) {
                document.object(each -> metadata(document, each, labels));
            } else {
                document.skip();
            }
        });
        return labels;
    }

    private static void metadata(YamlDocument document, String field, Map<String, String> labels) throws IOException {
        if (field.equals("labels")) {
            document.object(key -> labels.put(key, document.text()));
        } else {
            document.skip();
        }
    }
}
