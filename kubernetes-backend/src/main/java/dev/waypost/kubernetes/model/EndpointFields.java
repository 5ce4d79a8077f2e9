package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one endpoint of an EndpointSlice. */
final class EndpointFields {
    private final DocumentReader document;
    private final boolean namesForAddresses;
    private final List<IpAddress> addresses = new ArrayList<>();
    private String hostname = "";
    private String podName = "";
    private boolean ready = true; // absent counts as ready: "nil should be interpreted as true" in the API's own words

    /**
     * An endpoint to be read.
     *
     * @param namesForAddresses whether its slice is of the type FQDN, whose endpoints have no address
     */
    EndpointFields(DocumentReader document, boolean namesForAddresses) {
        this.document = document;
        this.namesForAddresses = namesForAddresses;
    }

    void readInto(List<Endpoint> endpoints) throws IOException {
        document.object(this::field);
        if (!ready) {
            return;
        }
        if (!hostname.isEmpty() && !DnsLabel.isValid(hostname)) {
            document.leftOut("'hostname' wants a DNS label, found \"" + MetadataFields.shortened(hostname) + "\"");
            return;
        }
        if (!addresses.isEmpty()) {
            endpoints.add(new Endpoint(addresses, DnsLabel.folded(hostname), DnsLabel.folded(podName)));
        }
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "addresses" -> document.array(() -> address(document.text()));
            case "hostname" -> hostname = document.text();
            case "conditions" -> document.object(this::condition);
            case "targetRef" -> document.object(this::target);
            default -> document.skip();
        }
    }

    /** {@code serving} and {@code terminating} do not count: only ready endpoints have names. */
    private void condition(String field) throws IOException {
        if (field.equals("ready")) {
            ready = !Boolean.FALSE.equals(document.flag());
        } else {
            document.skip();
        }
    }

    private void target(String field) throws IOException {
        if (field.equals("name")) {
            podName = document.text();
        } else {
            document.skip();
        }
    }

    private void address(String text) {
        IpAddress address = namesForAddresses ? null : IpAddress.parse(text);
        if (address != null) {
            addresses.add(address);
        } else if (!namesForAddresses) {
            document.leftOut("an endpoint wants addresses, found \"" + MetadataFields.shortened(text) + "\"");
        }
    }
}
