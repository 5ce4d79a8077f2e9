package dev.waypost.corefile;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * One {@code [SCHEME://]ZONE[:PORT]} of a server block.
 *
 * @param zones what it stands for: one zone, or the reverse zones of an address block
 * @param scheme {@code dns}; no other is served yet
 * @param port 0..65535
 * @param token where it stands
 */
record ZoneKey(List<Name> zones, String scheme, int port, Token token) {
    private static final String SERVED = "dns";
    private static final Set<String> NOT_SERVED = Set.of("tls", "quic", "grpc", "https", "https3");

    ZoneKey {
        zones = List.copyOf(zones);
    }

    static ZoneKey of(Token key, int defaultPort) {
        int end = key.text().indexOf("://");
        String scheme = end < 0 ? SERVED : key.text().substring(0, end).toLowerCase(Locale.ROOT);
        if (NOT_SERVED.contains(scheme)) {
            throw key.fault("scheme \"" + scheme + "://\" is not supported yet, wanted dns://");
        }
        if (!scheme.equals(SERVED)) {
            throw key.fault("unknown scheme \"" + scheme + "://\", wanted dns://");
        }
        Token zone = end < 0 ? key : key.from(end + 3);
        int colon = portColon(zone.text());
        int port = colon < 0 ? defaultPort : zone.from(colon + 1).number("port", 0, 65_535);
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
