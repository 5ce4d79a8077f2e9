package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of one peer in one scenario: a resource {@code SCENARIO/FILE} with names between braces.
 *
 * @param text as it is kept
 */
record Template(String text) {
    /** The one of a peer, if it takes part in that kind of scenario. */
    static Optional<Template> of(String kind, Peer peer) throws IOException {
        try (InputStream in = Template.class.getResourceAsStream(kind + "/" + peer.configuration())) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** Fills in and writes it. */
    void write(Path file, Map<String, String> values) throws IOException {
        Files.writeString(file, fill(text, values));
    }

    /** Puts values in place of their names between braces. */
    static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    /** The values, and one more. */
    static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return more;
    }
}
