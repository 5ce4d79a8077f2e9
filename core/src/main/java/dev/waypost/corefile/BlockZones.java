package dev.waypost.corefile;

import dev.waypost.Layer;
import dev.waypost.Resolver;
import dev.waypost.Trail;
import dev.waypost.engine.QuestionsOnly;
import dev.waypost.engine.ZoneRouter;
import dev.waypost.engine.ZoneSet;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.xbill.DNS.Name;

/**
 * The zones of a block's directives that stand beside each other: the nearest zone of a name answers, whichever directive
 * brought it and in whatever order.
 */
final class BlockZones implements Layer {
    private final Resolver engine;
    private final List<Part> parts = new ArrayList<>();

    /**
     * @param engine asked for alias targets
     */
    BlockZones(Resolver engine) {
        this.engine = engine;
    }

    void add(String directive, ZoneBackend backend) {
        Part part = new Part(directive, backend);
        part.resolvers(engine); // one zone an origin
        parts.add(part);
    }

    /** The zones as they are now. */
    Stream<RecordSource> sources() {
        return parts.stream().flatMap(part -> part.backend.zones().stream());
    }

    /** Called once all are added. */
    @Override
    public Resolver over(Resolver next) {
        Resolver nearest = new QuestionsOnly(nearest());
        return query -> nearest.resolve(query).orElse(() -> next.resolve(query));
    }

    private Resolver nearest() {
        ZoneSet set = new ZoneSet();
        Map<Name, Resolver> all = new LinkedHashMap<>();
        boolean change = false;
        for (Part part : parts) {
            change |= part.backend.whenZonesChange(() -> set.put(part, part.resolvers(engine)));
            part.resolvers(engine)
                    .forEach((origin, resolver) -> all.merge(
                            origin,
                            resolver,
                            (first, next) -> query -> first.resolve(query).orElse(() -> next.resolve(query))));
        }
        if (!change) {
            return ZoneRouter.over(all);
        }
        parts.forEach(part -> set.put(part, part.resolvers(engine)));
        return set;
    }

    private record Part(String directive, ZoneBackend backend) {
        Map<Name, Resolver> resolvers(Resolver engine) {
            Map<Name, Resolver> zones = new LinkedHashMap<>();
            for (RecordSource zone : backend.zones()) {
                Resolver resolver = new AuthoritativeResolver(zone, backend.fallthrough(), engine, directive);
                if (zones.put(zone.origin(), Trail.through(directive, resolver)) != null) {
                    throw new IllegalArgumentException(
                            "two zones of '" + backend.name() + "' have the origin " + zone.origin());
                }
            }
            return zones;
        }
    }
}
