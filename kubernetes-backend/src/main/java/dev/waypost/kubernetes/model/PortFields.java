package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code ports} list, which Services and EndpointSlices write alike. */
final class PortFields {
    private static final int MOST = 0xFFFF;

    private final DocumentReader document;
    private String name = "";
    private String protocol = "";
    private @Nullable Long number;

    private PortFields(DocumentReader document) {
        this.document = document;
    }

    static List<Port> readAll(DocumentReader document) throws IOException {
        List<Port> ports = new ArrayList<>();
        document.array(() -> new PortFields(document).readInto(ports));
        return ports;
    }

    private void readInto(List<Port> ports) throws IOException {
        document.object(field -> {
            switch (field) {
                case "name" -> name = document.text();
                case "protocol" -> protocol = document.text();
                case "port" -> number = document.number();
                default -> document.skip();
            }
        });
        if (!name.isEmpty() && !DnsLabel.isValid(name)) {
            document.leftOut("a port's name wants a DNS label, found \"" + Excerpt.of(name) + "\"");
        } else if (number != null && (number < 0 || number > MOST)) {
            document.leftOut("a port wants 0..65535, found " + number);
        } else {
            ports.add(new Port(
                    DnsLabel.folded(name),
                    protocol.isEmpty() ? "tcp" : DnsLabel.folded(protocol), // the API's default
                    number == null ? Port.NONE : number.intValue()));
        }
    }
}
