package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads an EndpointSlice; endpoints that are not ready go no further than this. */
final class SliceFields {
    private static final String FQDN = "FQDN";

    private final DocumentReader document;
    private final EndpointDetail detail;
    private final MetadataFields metadata = new MetadataFields();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private String addressType = "";
    private final List<EndpointFacts> facts = new ArrayList<>();
    private List<Port> ports = List.of();

    private SliceFields(DocumentReader document, EndpointDetail detail) {
        this.document = document;
        this.detail = detail;
    }

    /** Reads a slice of a service of this cluster. */
    static EndpointSlice read(DocumentReader document, EndpointDetail detail) throws IOException {
        SliceFields fields = new SliceFields(document, detail);
        document.object(fields::field);
        return fields.slice(fields.metadata.service(), "");
    }

    /** Reads a slice of a service that other clusters export; one that is none has no service then. */
    static EndpointSlice readImported(DocumentReader document, EndpointDetail detail) throws IOException {
        SliceFields fields = new SliceFields(document, detail);
        document.object(fields::field);
        String service = fields.metadata.importedService();
        return fields.slice(service, service.isEmpty() ? "" : fields.metadata.sourceCluster(document));
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "metadata" -> metadata.read(document);
            case "addressType" -> addressType = document.text();
            case "ports" -> ports = PortFields.readAll(document);
            // The server writes addressType before the endpoints.
            case "endpoints" -> endpoints();
            default -> document.skip();
        }
    }

    private void endpoints() throws IOException {
        EndpointFields each = new EndpointFields(document, detail);
        boolean ofNames = addressType.equals(FQDN);
        document.array(() -> each.readInto(endpoints, facts, ofNames));
    }

    private EndpointSlice slice(String service, String cluster) {
        // The address of an FQDN slice is a name; nothing in DNS for services has a place for it.
        List<Endpoint> usable = addressType.equals(FQDN) ? List.of() : endpoints;
        return new EndpointSlice(
                metadata.namespaced(document),
                DnsLabel.shared(service),
                cluster,
                ports,
                usable,
                facts,
                metadata.changedAtMillis());
    }
}
