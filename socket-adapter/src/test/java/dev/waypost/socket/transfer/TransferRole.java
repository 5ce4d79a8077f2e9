package dev.waypost.socket.transfer;

import dev.waypost.testing.peers.Peer;
import java.net.InetSocketAddress;

/** What a peer is told that shall be primary or secondary for {@code example.org}, signed with one key. */
enum TransferRole {
    /** From the file {@code db.example}, told to the other. */
    PRIMARY {
        @Override
        String zone(Peer peer, InetSocketAddress other) {
            return switch (peer) {
                case NSD ->
                    NSD_ZONE + "  zonefile: db.example\n  provide-xfr: 127.0.0.1 " + KEY + "\n  notify: 127.0.0.1@"
                            + other.getPort() + " " + KEY + "\n";
                case KNOT ->
                    knotRemote(other) + KNOT_ZONE + "    file: db.example\n    notify: other\n    acl: other\n";
                case BIND ->
                    "zone example.org { type primary; file \"db.example\"; allow-transfer { key " + KEY
                            + "; }; also-notify { 127.0.0.1 port " + other.getPort() + " key " + KEY + "; }; };\n";
            };
        }
    },

    /** Copied from the other. */
    SECONDARY {
        @Override
        String zone(Peer peer, InetSocketAddress other) {
            return switch (peer) {
                case NSD ->
                    NSD_ZONE + "  zonefile: db.copy\n  request-xfr: AXFR 127.0.0.1@" + other.getPort() + " " + KEY
                            + "\n  allow-notify: 127.0.0.1 " + KEY + "\n";
                case KNOT -> knotRemote(other) + KNOT_ZONE + "    file: db.copy\n    master: other\n    acl: other\n";
                case BIND ->
                    "zone example.org { type secondary; primaries { 127.0.0.1 port " + other.getPort() + " key " + KEY
                            + "; }; allow-notify { key " + KEY + "; }; };\n";
            };
        }
    };

    static final String SECRET = "dGhpcnR5LXR3byBvY3RldHMgb2YgZ29vZCBzZWNyZXQ=";
    static final String KEY = "transfer.key";

    private static final String NSD_ZONE = "zone:\n  name: example.org\n";
    private static final String KNOT_ZONE = "zone:\n  - domain: example.org\n";

    abstract String zone(Peer peer, InetSocketAddress other);

    /** The key, the other server and the zone. */
    String of(Peer peer, InetSocketAddress other) {
        return key(peer) + zone(peer, other);
    }

    private static String key(Peer peer) {
        String form = switch (peer) {
            case NSD -> "key:\n  name: %s\n  algorithm: hmac-sha256\n  secret: \"%s\"\n";
            case KNOT -> "key:\n  - id: %s\n    algorithm: hmac-sha256\n    secret: %s\n";
            case BIND -> "key %s { algorithm hmac-sha256; secret \"%s\"; };\n";
        };
        return form.formatted(KEY, SECRET);
    }

    private static String knotRemote(InetSocketAddress other) {
        return "remote:\n  - id: other\n    address: 127.0.0.1@" + other.getPort() + "\n    key: " + KEY
                + "\nacl:\n  - id: other\n    key: " + KEY + "\n    action: [transfer, notify]\n";
    }
}
