package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads an EndpointSlice; endpoints that are not ready go no further than this. */
final class SliceFields {
    private static final String FQDN = "FQDN";

    private final DocumentReader document;
    private final MetadataFields metadata = new MetadataFields();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private String addressType = "";
    private List<Port> ports = List.of();

    private SliceFields(DocumentReader document) {
        this.document = document;
    }

    static EndpointSlice read(DocumentReader document) throws IOException {
        SliceFields fields = new SliceFields(document);
        document.object(fields::field);
        return fields.slice();
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "metadata" -> metadata.read(document);
            case "addressType" -> addressType = document.text();
            case "ports" -> ports = PortFields.readAll(document);
            // The server writes addressType before the endpoints.
            case "endpoints" ->
                document.array(() -> new EndpointFields(document, addressType.equals(FQDN)).readInto(endpoints));
            default -> document.skip();
        }
    }

    private EndpointSlice slice() {
        // The address of an FQDN slice is a name; nothing in DNS for services has a place for it.
        List<Endpoint> usable = addressType.equals(FQDN) ? List.of() : endpoints;
        return new EndpointSlice(
                metadata.namespaced(document),
                DnsLabel.folded(metadata.service()),
                ports,
                usable,
                metadata.changedAtMillis());
    }
}
