package dev.waypost;

import java.util.Set;

/**
 * Where a server would listen for a zone plan; the engine itself opens nothing.
 *
 * @param scheme {@code dns} for UDP and TCP, {@code tls} for DNS over TLS (RFC 7858)
 * @param host an address literal or an interface name; empty for every address of the host
 * @param port 0..65535; 0 lets the system choose
 */
public record ListenPoint(String scheme, String host, int port) {
    /** The scheme of UDP and TCP. */
    public static final String DNS = "dns";

    /** The scheme of DNS over TLS. */
    public static final String TLS = "tls";

    /** Every scheme. */
    public static final Set<String> SCHEMES = Set.of(DNS, TLS);

    /** UDP and TCP on every address. */
    public static ListenPoint dns(int port) {
        return new ListenPoint(DNS, "", port);
    }

    /** DNS over TLS on every address. */
    public static ListenPoint tls(int port) {
        return new ListenPoint(TLS, "", port);
    }

    /** As observers and metrics name it: {@code dns://127.0.0.1:53}, {@code dns://:53}, {@code dns://[::1]:53}. */
    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
