package dev.waypost.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where an HTTP endpoint listens, as a Corefile writes it: {@code :8080}, {@code localhost:9153}, {@code [::1]:0}.
 *
 * @param host an address literal or a host name without brackets; empty for every address
 * @param port 0..65535; 0 lets the system choose
 */
record HttpAddress(String host, int port) {
    private static final int LARGEST_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException for anything else than {@code [HOST]:PORT}
     */
    static HttpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || !bracketed && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("wants ADDRESS:PORT as :8080 or [::1]:8080, found \"" + text + "\"");
        }
        return new HttpAddress(bracketed ? host.substring(1, host.length() - 1) : host, port(text, colon));
    }

    private static int port(String text, int colon) {
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the bounds
        }
        throw new IllegalArgumentException("wants a port 0..65535, found \"" + text + "\"");
    }

    /** The address to bind. */
    InetSocketAddress socket() throws UnknownHostException {
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        // RFC 6761 section 6.3: localhost is known without asking anybody, us least of all.
        boolean local = host.equals("localhost");
        return new InetSocketAddress(local ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host), port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
