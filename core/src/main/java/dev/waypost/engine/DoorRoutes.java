package dev.waypost.engine;

import dev.waypost.Fallthrough;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.wire.Route;
import dev.waypost.wire.Routes;
import dev.waypost.zone.ZoneTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;

/** The zones of a plan that one door leads to. */
final class DoorRoutes implements Routes {
    private final ZoneTable<Route> zones;
    private final Route dropped;
    private final TsigKeys keys;

    private DoorRoutes(Map<Name, Route> zones, Route dropped, TsigKeys keys) {
        this.zones = new ZoneTable<>(zones);
        this.dropped = dropped;
        this.keys = keys;
    }

    /**
     * The routes of a door.
     *
     * @param server the door's name for observers
     * @param plans the zones behind it; of several with one origin the first counts
     */
    static DoorRoutes of(String server, List<ZonePlan> plans) {
        Map<Name, ZonePlan> byOrigin = new LinkedHashMap<>();
        plans.forEach(plan -> byOrigin.putIfAbsent(plan.origin(), plan));
        Map<Name, Resolver> resolvers = new LinkedHashMap<>();
        byOrigin.forEach((origin, plan) -> resolvers.put(origin, plan.resolver()));
        Map<Name, Resolver> chained = ZoneRouter.chained(resolvers);
        Map<Name, Route> routes = new LinkedHashMap<>();
        byOrigin.forEach((origin, plan) -> routes.put(
                origin,
                new Route(
                        server,
                        origin.toString(),
                        chained.getOrDefault(origin, plan.resolver()),
                        plan.observers(),
                        plan.notified())));
        // Queries that reach no zone are counted too: by everyone who watches this door.
        List<QueryObserver> all = byOrigin.values().stream()
                .flatMap(plan -> plan.observers().stream())
                .distinct()
                .toList();
        TsigKeys keys = TsigKeys.of(
                plans.stream().flatMap(plan -> plan.keys().all().stream()).toList());
        return new DoorRoutes(routes, new Route(server, "dropped", query -> Fallthrough.FALLTHROUGH, all), keys);
    }

    /** Whether a zone of this door holds the name. */
    boolean holds(Name qname) {
        return zones.nearest(qname, 0) != null;
    }

    /** Whether the name is the root zone's, which no longer origin takes from it. */
    boolean isRoots(Name qname) {
        Route nearest = zones.nearest(qname, 0);
        return nearest != null && nearest.zone().equals(Name.root.toString());
    }

    @Override
    public Route route(Name qname, int qtype) {
        Route nearest = zones.nearest(qname, qtype);
        return nearest == null ? dropped : nearest;
    }

    @Override
    public TsigKeys keys() {
        return keys;
    }

    @Override
    public Route dropped() {
        return dropped;
    }
}
