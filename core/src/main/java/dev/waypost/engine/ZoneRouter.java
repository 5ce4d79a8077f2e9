package dev.waypost.engine;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.zone.ZoneTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;

/**
 * Gives a query to the zone with the longest origin that is a suffix of its name, by labels; on fallthrough to the next
 * zone above, and so on up. A DS query at an origin goes to the zone above it when there is one.
 */
public final class ZoneRouter implements Resolver {
    private final ZoneTable<Resolver> zones;

    private ZoneRouter(Map<Name, Resolver> zones) {
        this.zones = new ZoneTable<>(zones);
    }

    /**
     * A router over zones.
     *
     * @param zones origin to resolver
     */
    public static ZoneRouter over(Map<Name, ? extends Resolver> zones) {
        return new ZoneRouter(chained(zones));
    }

    /** Every zone's resolver with those of the zones above it behind it: worked out once, not at each query. */
    static Map<Name, Resolver> chained(Map<Name, ? extends Resolver> zones) {
        List<Map.Entry<Name, Resolver>> upperFirst = new ArrayList<>();
        zones.forEach((origin, resolver) -> upperFirst.add(Map.entry(origin, resolver)));
        upperFirst.sort(Comparator.comparingInt(zone -> zone.getKey().labels()));
        Map<Name, Resolver> chained = new LinkedHashMap<>();
        for (Map.Entry<Name, Resolver> zone : upperFirst) {
            Resolver own = zone.getValue();
            Resolver above = new ZoneTable<Resolver>(chained).above(zone.getKey());
            chained.put(
                    zone.getKey(),
                    above == null ? own : query -> own.resolve(query).orElse(() -> above.resolve(query)));
        }
        return chained;
    }

    @Override
    public Resolution resolve(Query query) {
        Resolver nearest = zones.nearest(query.qname(), query.qtype());
        return nearest == null ? Fallthrough.FALLTHROUGH : nearest.resolve(query);
    }
}
