package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Reads a Service. */
final class ServiceFields {
    private static final String HEADLESS = "None";

    private final DocumentReader document;
    private final MetadataFields metadata = new MetadataFields();
    private String type = "";
    private boolean headless;
    private final List<IpAddress> clusterIps = new ArrayList<>();
    private String externalName = "";
    private List<Port> ports = List.of();
    private boolean selector;
    private final ExternalFields external;

    private ServiceFields(DocumentReader document) {
        this.document = document;
        this.external = new ExternalFields(document);
    }

    static Service read(DocumentReader document) throws IOException {
        ServiceFields fields = new ServiceFields(document);
        document.object(fields::field);
        return fields.service();
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "metadata" -> metadata.read(document);
            case "spec" -> document.object(this::specField);
            case "status" -> external.readStatus();
            default -> document.skip();
        }
    }

    private void specField(String field) throws IOException {
        switch (field) {
            case "type" -> type = document.text();
            case "clusterIP" -> address(document.text());
            case "clusterIPs" -> document.array(() -> address(document.text()));
            case "externalIPs" -> external.readGiven();
            case "externalName" -> externalName = document.text();
            case "ports" -> ports = PortFields.readAll(document);
            case "selector" ->
                document.object(key -> {
                    selector = true;
                    document.skip();
                });
            default -> document.skip();
        }
    }

    /** {@code clusterIP} is the first of {@code clusterIPs}, written twice for old clients. */
    private void address(String text) {
        IpAddress address = IpAddress.parse(text);
        if (address != null && !clusterIps.contains(address)) {
            clusterIps.add(address);
        } else if (text.equals(HEADLESS)) {
            headless = true;
        } else if (address == null && !text.isEmpty()) { // empty: not allocated yet
            document.leftOut("clusterIPs wants addresses, found \"" + Excerpt.of(text) + "\"");
        }
    }

    private Service service() {
        Identity identity = metadata.labelled(document);
        boolean alias = type.equals("ExternalName");
        if (alias) {
            wantDomainName();
        }
        Service.Form form =
                alias ? Service.Form.EXTERNAL_NAME : headless ? Service.Form.HEADLESS : Service.Form.CLUSTER_IP;
        List<IpAddress> own = form == Service.Form.CLUSTER_IP ? clusterIps : List.of();
        return new Service(identity, form, own, alias ? externalName : "", ports, selector, external.addresses());
    }

    private void wantDomainName() {
        try {
            if (!externalName.isEmpty()) {
                Name.fromString(externalName, Name.root);
                return;
            }
        } catch (TextParseException noName) {
            // said below
        }
        document.fault("'externalName' wants a domain name, found \"" + Excerpt.of(externalName) + "\"");
    }
}
