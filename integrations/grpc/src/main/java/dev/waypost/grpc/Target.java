package dev.waypost.grpc;

import java.net.URI;
import java.util.OptionalInt;

/**
 * What a channel wants to reach.
 *
 * @param host a domain name
 * @param port the servers' port; empty where SRV records tell
 */
record Target(String host, OptionalInt port) {
    /** Reads {@code waypost:///host:port}, {@code waypost:///name} or {@code waypost:host:port}. */
    static Target of(URI uri) {
        String whole = uri.getPath() == null ? uri.getSchemeSpecificPart() : uri.getPath();
        String text = whole.startsWith("/") ? whole.substring(1) : whole;
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a target wants waypost:///HOST:PORT or waypost:///NAME, found " + uri);
        }
        return new Target(host, colon < 0 ? OptionalInt.empty() : OptionalInt.of(port(text.substring(colon + 1), uri)));
    }

    private static int port(String text, URI uri) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 0xFFFF) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("a port wants 0..65535, found \"" + text + "\" in " + uri);
    }

    /** What servers are asked for under, as TLS checks it. */
    String authority() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }
}
