package dev.waypost.corefile;

import dev.waypost.ListenPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;

/**
 * Which zone is served where, and by which words of the Corefile: a zone may be served once at a listen point.
 *
 * <p>A block without {@code bind} is on every address, so it shares its port with no other block of the same zone.
 */
final class ListenClaims {
    /** A /9 is 128 zones and fits into ten letters: what a few of them come to must be bounded. */
    private static final int MAX_ZONES = 65_536;

    private static final int MAX_CLAIMS = 262_144;

    private record Place(Name zone, String scheme, int port) {}

    private record Claim(ListenPoint point, Token token) {
        boolean meets(String host) {
            return point.host().isEmpty() || host.isEmpty() || point.host().equals(host);
        }
    }

    private final Map<Place, List<Claim>> claims = new HashMap<>();
    private int zoneCount;
    private int claimCount;

    /** The keys of a block. */
    List<ZoneKey> keys(ServerBlock block, int defaultPort) {
        List<ZoneKey> keys = new ArrayList<>(block.keys().size());
        for (Token token : block.keys()) {
            ZoneKey key = ZoneKey.of(token, defaultPort);
            zoneCount += key.zones().size();
            if (zoneCount > MAX_ZONES) {
                throw token.fault("more than " + MAX_ZONES + " zones");
            }
            keys.add(key);
        }
        return keys;
    }

    void claim(BlockPlan block) {
        for (ZoneKey key : block.keys()) {
            List<ListenPoint> points = block.listenPoints(key);
            claimCount += key.zones().size() * points.size();
            if (claimCount < 0 || claimCount > MAX_CLAIMS) {
                throw key.token().fault("more than " + MAX_CLAIMS + " zones and hosts to listen on");
            }
            if (!block.isViewed()) { // a view tells the block apart
                key.zones().forEach(zone -> points.forEach(point -> claim(zone, point, key.token())));
            }
        }
    }

    private void claim(Name zone, ListenPoint point, Token token) {
        List<Claim> others =
                claims.computeIfAbsent(new Place(zone, point.scheme(), point.port()), place -> new ArrayList<>());
        for (Claim other : others) {
            if (other.meets(point.host())) {
                throw token.fault("zone " + zone + " is already served at " + other.point() + " by "
                        + other.token().place() + "; 'bind', a port or 'view' would tell them apart");
            }
        }
        others.add(new Claim(point, token));
    }
}
