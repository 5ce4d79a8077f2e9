package dev.waypost.engine;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Gives a query to the zone with the longest origin that is a suffix of its name, by labels; on fallthrough to the next
 * longer one's parent, and so on up.
 *
 * <p>A DS query at an origin goes to the zone above it when there is one: DS belongs to the parent's side of the cut
 * (RFC 4035 section 3.1.4.1).
 */
public final class ZoneRouter implements Resolver {
    private final Map<Name, Resolver> zones;
    private final int mostLabels;

    private ZoneRouter(Map<Name, Resolver> zones) {
        this.zones = zones;
        this.mostLabels = zones.keySet().stream().mapToInt(Name::labels).max().orElse(0);
    }

    /**
     * A router over zones.
     *
     * @param zones origin to resolver
     */
    public static ZoneRouter over(Map<Name, ? extends Resolver> zones) {
        return new ZoneRouter(new LinkedHashMap<>(zones));
    }

    @Override
    public Resolution resolve(Query query) {
        List<Resolver> candidates = candidates(query.qname(), query.qtype());
        return resolve(query, candidates, 0);
    }

    private static Resolution resolve(Query query, List<Resolver> candidates, int from) {
        if (from == candidates.size()) {
            return Fallthrough.FALLTHROUGH;
        }
        Resolution resolution = candidates.get(from).resolve(query);
        return from + 1 == candidates.size()
                ? resolution
                : resolution.orElse(() -> resolve(query, candidates, from + 1));
    }

    /** The resolvers of every zone that holds the name, the nearest first. */
    private List<Resolver> candidates(Name qname, int qtype) {
        List<Resolver> found = new ArrayList<>(2);
        int labels = qname.labels();
        for (int skip = Math.max(0, labels - mostLabels); skip < labels; skip++) {
            Resolver resolver = zones.get(skip == 0 ? qname : new Name(qname, skip));
            if (resolver != null) {
                found.add(resolver);
            }
        }
        if (qtype == Type.DS && found.size() > 1 && zones.containsKey(qname)) {
            found.remove(0);
        }
        return found;
    }
}
