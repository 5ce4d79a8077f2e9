package dev.waypost.kubernetes.model;

import java.io.IOException;

/** Reads a Namespace. */
final class NamespaceFields {
    private NamespaceFields() {}

    static Namespace read(DocumentReader document) throws IOException {
        MetadataFields metadata = new MetadataFields();
        document.object(field -> {
            if (field.equals("metadata")) {
                metadata.read(document);
            } else {
                document.skip();
            }
        });
        return new Namespace(metadata.clusterWide(document));
    }
}
