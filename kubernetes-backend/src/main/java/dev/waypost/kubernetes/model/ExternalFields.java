package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Reads where a Service can be reached from outside, which stands partly in its spec and partly in its status. */
final class ExternalFields {
    private final DocumentReader document;
    private final Set<IpAddress> given = new LinkedHashSet<>();
    private final Set<IpAddress> assigned = new LinkedHashSet<>();
    private final Set<Name> hostnames = new LinkedHashSet<>();

    ExternalFields(DocumentReader document) {
        this.document = document;
    }

    /** Takes {@code spec.externalIPs}. */
    void readGiven() throws IOException {
        document.array(() -> {
            String text = document.text();
            IpAddress address = IpAddress.parse(text);
            if (address == null) {
                document.leftOut("externalIPs wants addresses, found \"" + Excerpt.of(text) + "\"");
            } else {
                given.add(address);
            }
        });
    }

    /** Takes {@code status}. */
    void readStatus() throws IOException {
        document.object(field -> take(
                field,
                "loadBalancer",
                () -> document.object(
                        inner -> take(inner, "ingress", () -> document.array(() -> new Ingress().read())))));
    }

    private void take(String field, String wanted, DocumentReader.Item item) throws IOException {
        if (field.equals(wanted)) {
            item.take();
        } else {
            document.skip();
        }
    }

    ExternalAddresses addresses() {
        if (given.isEmpty() && assigned.isEmpty() && hostnames.isEmpty()) {
            return ExternalAddresses.NONE; // shared, as nearly every service of a large cluster has this one
        }
        Set<IpAddress> all = new LinkedHashSet<>(given);
        all.addAll(assigned);
        return new ExternalAddresses(all.stream().toList(), hostnames.stream().toList());
    }

    /** One entry: its address counts, and its hostname where it has none. */
    private final class Ingress {
        private String ip = "";
        private String hostname = "";

        void read() throws IOException {
            document.object(field -> {
                switch (field) {
                    case "ip" -> ip = document.text();
                    case "hostname" -> hostname = document.text();
                    default -> document.skip();
                }
            });
            String text = ip.isEmpty() ? hostname : ip;
            IpAddress address = IpAddress.parse(text);
            if (address != null) {
                assigned.add(address); // an address written as a hostname is no name
            } else if (!ip.isEmpty()) {
                document.leftOut("ingress.ip wants an address, found \"" + Excerpt.of(ip) + "\"");
            } else if (!hostname.isEmpty()) {
                host();
            }
        }

        private void host() {
            try {
                hostnames.add(Name.fromString(hostname, Name.root));
            } catch (TextParseException noName) {
                document.leftOut("ingress.hostname wants a domain name, found \"" + Excerpt.of(hostname) + "\"");
            }
        }
    }
}
