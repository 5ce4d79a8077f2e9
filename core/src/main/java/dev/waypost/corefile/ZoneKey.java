package dev.waypost.corefile;

import dev.waypost.ListenPoint;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * One {@code [SCHEME://]ZONE[:PORT]} of a server block.
 *
 * @param zones what it stands for: one zone, or the reverse zones of an address block
 * @param scheme {@code dns} or {@code tls}
 * @param port 0..65535
 * @param token where it stands
 */
record ZoneKey(List<Name> zones, String scheme, int port, Token token) {
    /** The port of DNS over TLS: RFC 7858 section 3.1. */
    private static final int TLS_PORT = 853;

    private static final Set<String> NOT_SERVED = Set.of("quic", "grpc", "https", "https3");

    ZoneKey {
        zones = List.copyOf(zones);
    }

    static ZoneKey of(Token key, int defaultPort) {
        int end = key.text().indexOf("://");
        String scheme = end < 0 ? ListenPoint.DNS : key.text().substring(0, end).toLowerCase(Locale.ROOT);
        if (NOT_SERVED.contains(scheme)) {
            throw key.fault("scheme \"" + scheme + "://\" is not supported yet, wanted dns:// or tls://");
        }
        if (!ListenPoint.SCHEMES.contains(scheme)) {
            throw key.fault("unknown scheme \"" + scheme + "://\", wanted dns:// or tls://");
        }
        Token zone = end < 0 ? key : key.from(end + 3);
        int colon = portColon(zone.text());
        int unsaid = scheme.equals(ListenPoint.TLS) ? TLS_PORT : defaultPort;
        int port = colon < 0 ? unsaid : zone.from(colon + 1).number("port", 0, 65_535);
        Token name = colon < 0 ? zone : zone.part(0, colon);
        if (name.text().isEmpty()) {
            throw key.fault("a server block wants a zone, found \"" + key.text() + "\"; the root zone is '.'");
        }
        return new ZoneKey(ReverseZones.of(name), scheme, port, key);
    }

    /** The colon before a port; an IPv6 block has colons too, but only in front of its slash. */
    private static int portColon(String zone) {
        int colon = zone.lastIndexOf(':');
        return colon > zone.lastIndexOf('/') || zone.indexOf(':') == colon ? colon : -1;
    }
}
