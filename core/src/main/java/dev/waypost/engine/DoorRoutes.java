package dev.waypost.engine;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.wire.Route;
import dev.waypost.wire.Routes;
import dev.waypost.zone.ZoneTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;

/** The zones of a plan that one door leads to. */
final class DoorRoutes implements Routes {
    private final ZoneTable<ViewedZone> zones;
    private final Map<Name, Resolver> resolvers;
    private final Map<ZonePlan, Route> routes;
    private final Route dropped;
    private final TsigKeys keys;

    /**
     * @param resolvers of each zone, with those of the zones above it behind it
     */
    private DoorRoutes(
            Map<Name, ViewedZone> zones,
            Map<Name, Resolver> resolvers,
            Map<ZonePlan, Route> routes,
            Route dropped,
            TsigKeys keys) {
        this.zones = new ZoneTable<>(zones);
        this.resolvers = resolvers;
        this.routes = routes;
        this.dropped = dropped;
        this.keys = keys;
    }

    /**
     * The routes of a door.
     *
     * @param server the door's name for observers
     * @param plans the zones behind it; of several with one origin and no view the first counts
     */
    static DoorRoutes of(String server, List<ZonePlan> plans) {
        Map<Name, List<ZonePlan>> byOrigin = new LinkedHashMap<>();
        plans.forEach(plan -> byOrigin.computeIfAbsent(plan.origin(), origin -> new ArrayList<>())
                .add(plan));
        Map<Name, ViewedZone> zones = new LinkedHashMap<>();
        byOrigin.forEach((origin, same) -> zones.put(origin, new ViewedZone(origin, same)));
        Map<Name, Resolver> chained = ZoneRouter.chained(zones);
        Map<ZonePlan, Route> routes = new IdentityHashMap<>();
        Set<QueryObserver> all = new LinkedHashSet<>();
        zones.forEach((origin, zone) -> zone.plans().forEach(plan -> {
            routes.put(plan, route(server, plan, chained.getOrDefault(origin, zone)));
            all.addAll(plan.observers());
        }));
        TsigKeys keys = TsigKeys.of(
                plans.stream().flatMap(plan -> plan.keys().all().stream()).toList());
        // Queries that reach no zone are counted too: by everyone who watches this door.
        Route dropped = new Route(server, "dropped", query -> Fallthrough.FALLTHROUGH, List.copyOf(all));
        return new DoorRoutes(zones, chained, routes, dropped, keys);
    }

    private static Route route(String server, ZonePlan plan, Resolver resolver) {
        return new Route(server, plan.origin().toString(), resolver, plan.observers(), plan.notified());
    }

    /** Whether a zone of this door holds the name. */
    boolean holds(Name qname) {
        return zones.nearest(qname, 0) != null;
    }

    /** Whether the name is the root zone's, which no longer origin takes from it. */
    boolean isRoots(Name qname) {
        ViewedZone nearest = zones.nearest(qname, 0);
        return nearest != null && nearest.origin().equals(Name.root);
    }

    @Override
    public Route route(Name qname, int qtype) {
        ViewedZone nearest = zones.nearest(qname, qtype);
        return nearest == null
                ? dropped
                : nearest.unconditional().map(this::routeOf).orElse(dropped);
    }

    @Override
    public Route route(Query query) {
        ViewedZone nearest = zones.nearest(query.qname(), query.qtype());
        if (nearest == null) {
            return dropped;
        }
        for (ViewedZone zone = nearest; zone != null; zone = zones.above(zone.origin())) {
            Optional<ZonePlan> plan = zone.planFor(query);
            if (plan.isPresent()) {
                Route route = routeOf(plan.get());
                return zone == nearest ? route : through(nearest, route);
            }
        }
        return through(nearest, dropped);
    }

    /**
     * The way through a zone that has no view for the query to what is above it: whatever is said there is said to those
     * only for whom that zone has none either.
     */
    private Route through(ViewedZone zone, Route above) {
        Resolver resolver = resolvers.getOrDefault(zone.origin(), zone);
        return new Route(above.server(), above.zone(), resolver, above.observers(), above.notified());
    }

    private Route routeOf(ZonePlan plan) {
        return routes.getOrDefault(plan, dropped);
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
