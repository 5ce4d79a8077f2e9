package dev.waypost.corefile;

import dev.waypost.engine.ListenPoint;
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
    private record Claim(ListenPoint point, Token token) {
        boolean meets(ListenPoint other) {
            return point.scheme().equals(other.scheme())
                    && point.port() == other.port()
                    && (point.host().isEmpty()
                            || other.host().isEmpty()
                            || point.host().equals(other.host()));
        }
    }

    private final Map<Name, List<Claim>> claims = new HashMap<>();

    void claim(BlockPlan block) {
        for (ZoneKey key : block.keys()) {
            for (Name zone : key.zones()) {
                for (ListenPoint point : block.listenPoints(key)) {
                    claim(zone, point, key.token());
                }
            }
        }
    }

    private void claim(Name zone, ListenPoint point, Token token) {
        List<Claim> others = claims.computeIfAbsent(zone, name -> new ArrayList<>());
        for (Claim other : others) {
            if (other.meets(point)) {
                throw token.fault("zone " + zone + " is already served at " + other.point() + " by "
                        + other.token().place() + "; 'bind' or a port would tell them apart");
            }
        }
        others.add(new Claim(point, token));
    }
}
