package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a Pod. */
final class PodFields {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "Unknown");

    private final DocumentReader document;
    private final MetadataFields metadata;
    private final Set<IpAddress> addresses = new LinkedHashSet<>();
    private String phase = "";

    private PodFields(DocumentReader document, boolean withLabels) {
        this.document = document;
        this.metadata = new MetadataFields(withLabels);
    }

    static Pod read(DocumentReader document, boolean withLabels) throws IOException {
        PodFields fields = new PodFields(document, withLabels);
        document.object(fields::field);
        return fields.pod();
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "metadata" -> metadata.read(document);
            case "status" -> document.object(this::statusField);
            default -> document.skip();
        }
    }

    private void statusField(String field) throws IOException {
        switch (field) {
            case "phase" -> phase = document.text();
            case "podIP" -> address(document.text());
            case "podIPs" -> document.array(() -> document.object(this::podIpField));
            default -> document.skip();
        }
    }

    private void podIpField(String field) throws IOException {
        if (field.equals("ip")) {
            address(document.text());
        } else {
            document.skip();
        }
    }

    /** {@code podIP} is the first of {@code podIPs}, written twice for old clients. */
    private void address(String text) {
        IpAddress address = IpAddress.parse(text);
        if (address != null) {
            addresses.add(address);
        } else if (!text.isEmpty()) { // empty: not given yet
            document.leftOut("podIPs wants addresses, found \"" + Excerpt.of(text) + "\"");
        }
    }

    private Pod pod() {
        // A manifest has no field selector, so what a watch does not see is left without an address here.
        List<IpAddress> had = ENDED.contains(phase) ? List.of() : List.copyOf(addresses);
        return new Pod(metadata.namespaced(document), had, metadata.leaving(), metadata.labels());
    }
}
