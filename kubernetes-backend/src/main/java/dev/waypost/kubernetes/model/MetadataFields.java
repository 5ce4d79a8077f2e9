package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The fields under {@code metadata} that DNS needs. */
final class MetadataFields {
    private static final String SOURCE_CLUSTER = "multicluster.kubernetes.io/source-cluster";
    private static final String CHANGE_TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time";
    private static final String DEFAULT_NAMESPACE = "default";

    private final boolean withLabels;
    private final Map<String, String> labels = new HashMap<>();
    private String namespace = "";
    private String name = "";
    private String uid = "";
    private String version = "";
    private String service = "";
    private String importedService = "";
    private String sourceCluster = "";
    private boolean leaving;
    private long changedAtMillis = EndpointSlice.UNTOLD;

    /** Metadata without the labels that DNS makes no names of. */
    MetadataFields() {
        this(false);
    }

    MetadataFields(boolean withLabels) {
        this.withLabels = withLabels;
    }

    void read(DocumentReader document) throws IOException {
        document.object(field -> {
            switch (field) {
                case "namespace" -> namespace = document.text();
                case "name" -> name = document.text();
                case "uid" -> uid = document.text();
                case "resourceVersion" -> version = document.text();
                case "deletionTimestamp" -> leaving = !document.text().isEmpty();
                case "labels" -> labels(document);
                case "annotations" -> annotations(document);
                default -> document.skip();
            }
        });
    }

    private void labels(DocumentReader document) throws IOException {
        document.object(key -> {
            switch (key) {
                case ResourceKind.SERVICE_NAME -> service = document.text();
                case ResourceKind.IMPORTED_SERVICE_NAME -> importedService = document.text();
                case SOURCE_CLUSTER -> sourceCluster = document.text();
                default -> label(key, document);
            }
        });
    }

    private void label(String key, DocumentReader document) throws IOException {
        if (withLabels) {
            labels.put(key, document.text());
        } else {
            document.skip();
        }
    }

    private void annotations(DocumentReader document) throws IOException {
        document.object(key -> {
            if (key.equals(CHANGE_TRIGGER)) {
                changedAtMillis = ApiTime.millis(document.text());
            } else {
                document.skip();
            }
        });
    }

    /** The labels, where they are kept. */
    Map<String, String> labels() {
        return labels;
    }

    String service() {
        return service;
    }

    /** Name of the service of which a slice has endpoints in another cluster; empty for every other slice. */
    String importedService() {
        return importedService;
    }

    /** The cluster in which an imported slice's endpoints are: a label of their names. */
    String sourceCluster(DocumentReader document) {
        wantLabel(document, SOURCE_CLUSTER, sourceCluster);
        return DnsLabel.folded(sourceCluster);
    }

    /** Whether the object's deletion is under way. */
    boolean leaving() {
        return leaving;
    }

    long changedAtMillis() {
        return changedAtMillis;
    }

    /** Identity of an object whose name is a DNS label. */
    Identity labelled(DocumentReader document) {
        wantLabel(document, "metadata.name", name);
        return namespaced(document);
    }

    /** Identity of an object whose own name no query can ask for. */
    Identity namespaced(DocumentReader document) {
        if (name.isEmpty()) {
            document.fault("wants metadata.name, found none");
        }
        String home = namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace;
        wantLabel(document, "metadata.namespace", home);
        return new Identity(new ObjectKey(DnsLabel.shared(home), DnsLabel.shared(name)), uid, version);
    }

    /** Identity of an object outside every namespace. */
    Identity clusterWide(DocumentReader document) {
        wantLabel(document, "metadata.name", name);
        return new Identity(new ObjectKey("", DnsLabel.folded(name)), uid, version);
    }

    private static void wantLabel(DocumentReader document, String field, String text) {
        if (!DnsLabel.isValid(text)) {
            document.fault("'" + field + "' wants a DNS label, found \"" + Excerpt.of(text) + "\"");
        }
    }
}
