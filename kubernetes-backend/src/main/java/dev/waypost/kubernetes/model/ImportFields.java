package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a ServiceImport: for DNS a service whose endpoints are in several clusters. */
final class ImportFields {
    private static final String SET_ADDRESS = "ClusterSetIP";
    private static final String HEADLESS = "Headless";

    private final DocumentReader document;
    private final MetadataFields metadata = new MetadataFields();
    private String type = "";
    private final List<IpAddress> addresses = new ArrayList<>();
    private List<Port> ports = List.of();

    private ImportFields(DocumentReader document) {
        this.document = document;
    }

    static Service read(DocumentReader document) throws IOException {
        ImportFields fields = new ImportFields(document);
        document.object(fields::field);
        return fields.service();
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "metadata" -> metadata.read(document);
            case "spec" -> document.object(this::specField);
            default -> document.skip();
        }
    }

    private void specField(String field) throws IOException {
        switch (field) {
            case "type" -> type = document.text();
            case "ips" -> document.array(() -> address(document.text()));
            case "ports" -> ports = PortFields.readAll(document);
            default -> document.skip();
        }
    }

    private void address(String text) {
        IpAddress address = IpAddress.parse(text);
        if (address == null) {
            document.leftOut("'ips' wants addresses, found \"" + Excerpt.of(text) + "\"");
        } else if (!addresses.contains(address)) {
            addresses.add(address);
        }
    }

    private Service service() {
        boolean headless = type.equals(HEADLESS);
        if (!headless && !type.equals(SET_ADDRESS)) {
            document.fault("'type' wants " + SET_ADDRESS + " or " + HEADLESS + ", found \"" + Excerpt.of(type) + "\"");
        }
        return new Service(
                metadata.labelled(document),
                headless ? Service.Form.HEADLESS : Service.Form.CLUSTER_IP,
                headless ? List.of() : addresses,
                "",
                ports,
                false, // which pods are behind it is the exporting clusters' matter
                ExternalAddresses.NONE);
    }
}
