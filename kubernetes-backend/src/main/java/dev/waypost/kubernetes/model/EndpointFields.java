package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the endpoints of an EndpointSlice, one by one: there are very many of them, so nothing is made for each to be read. */
final class EndpointFields {
    private final DocumentReader document;
    private final EndpointDetail detail;
    private final DocumentReader.Member fields = this::field;
    private final DocumentReader.Member conditions = this::condition;
    private final DocumentReader.Item addressTexts = this::address;
    private final List<IpAddress> addresses = new ArrayList<>();
    private boolean namesForAddresses;
    private String hostname = "";
    private String podName = "";
    private String zone = "";
    private String node = "";
    private List<String> hintedZones = List.of();
    private boolean serving;
    private boolean terminating;
    private boolean ready;

    EndpointFields(DocumentReader document, EndpointDetail detail) {
        this.document = document;
        this.detail = detail;
    }

    private void clear() {
        addresses.clear();
        hostname = "";
        podName = "";
        zone = "";
        node = "";
        hintedZones = List.of();
        serving = true;
        terminating = false;
        ready = true; // absent counts as ready: "nil should be interpreted as true" in the API's own words
    }

    /**
     * Reads the next endpoint.
     *
     * @param ofNames whether its slice is of the type FQDN, whose endpoints have no address
     */
    void readInto(List<Endpoint> endpoints, List<EndpointFacts> facts, boolean ofNames) throws IOException {
        clear();
        namesForAddresses = ofNames;
        document.object(fields);
        if (detail.facts() && !addresses.isEmpty()) {
            facts.add(new EndpointFacts(
                    addresses, ready, serving, terminating, DnsLabel.folded(zone), node, podName, hintedZones));
        }
        if (!ready) {
            return;
        }
        if (!hostname.isEmpty() && !DnsLabel.isValid(hostname)) {
            document.leftOut("'hostname' wants a DNS label, found \"" + Excerpt.of(hostname) + "\"");
            return;
        }
        if (!addresses.isEmpty()) {
            endpoints.add(new Endpoint(
                    addresses, DnsLabel.folded(hostname), DnsLabel.folded(podName), sharedZone(endpoints)));
        }
    }

    /** Zones are few: a run of endpoints in one zone shares one text. */
    private String sharedZone(List<Endpoint> before) {
        String folded = DnsLabel.folded(zone);
        String last = before.isEmpty() ? "" : before.get(before.size() - 1).zone();
        return folded.equals(last) ? last : folded;
    }

    private void field(String field) throws IOException {
        switch (field) {
            case "addresses" -> document.array(addressTexts);
            case "hostname" -> hostname = document.text();
            case "conditions" -> document.object(conditions);
            case "targetRef" -> target();
            case "zone" -> zone = kept(detail.zone() || detail.facts());
            case "nodeName" -> node = kept(detail.facts());
            case "hints" -> document.object(this::hint);
            default -> document.skip();
        }
    }

    /** Only ready endpoints have names, whatever the other two say. */
    private void condition(String field) throws IOException {
        switch (field) {
            case "ready" -> ready = !Boolean.FALSE.equals(document.flag());
            case "serving" -> serving = !Boolean.FALSE.equals(document.flag());
            case "terminating" -> terminating = Boolean.TRUE.equals(document.flag());
            default -> document.skip();
        }
    }

    private void hint(String field) throws IOException {
        if (field.equals("forZones") && detail.facts()) {
            List<String> zones = new ArrayList<>();
            document.array(() -> document.object(name -> {
                if (name.equals("name")) {
                    zones.add(DnsLabel.folded(document.text()));
                } else {
                    document.skip();
                }
            }));
            hintedZones = zones;
        } else {
            document.skip();
        }
    }

    private void target() throws IOException {
        if (!detail.podName() && !detail.facts()) {
            document.skip(); // without its fields' names becoming texts
            return;
        }
        document.object(field -> {
            if (field.equals("name")) {
                podName = document.text();
            } else {
                document.skip();
            }
        });
    }

    private String kept(boolean wanted) throws IOException {
        if (wanted) {
            return document.text();
        }
        document.skip();
        return "";
    }

    private void address() throws IOException {
        CharSequence text = document.passingText();
        IpAddress address = namesForAddresses ? null : IpAddress.parse(text);
        if (address != null) {
            addresses.add(address);
        } else if (!namesForAddresses) {
            document.leftOut("an endpoint wants addresses, found \"" + Excerpt.of(text.toString()) + "\"");
        }
    }
}
