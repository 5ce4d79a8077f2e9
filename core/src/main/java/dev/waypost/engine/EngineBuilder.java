package dev.waypost.engine;

import dev.waypost.Client;
import dev.waypost.Layer;
import dev.waypost.Lifecycle;
import dev.waypost.ListenPoint;
import dev.waypost.MetricSource;
import dev.waypost.PeriodicTask;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.Ticker;
import dev.waypost.Trail;
import dev.waypost.lookup.SearchList;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.xbill.DNS.Name;

/** Puts an engine together in Java; what it makes is an {@link EnginePlan}. For one thread. */
public final class EngineBuilder {
    /** How many reply images a listener's door keeps unless told otherwise. */
    public static final int DEFAULT_IMAGE_SLOTS = 65_536;

    private final EnginePlan.Builder plan = EnginePlan.builder();
    private final Map<Name, Resolver> resolvers = new LinkedHashMap<>();
    private final List<Viewed> views = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Layer> notified = new ArrayList<>();
    private final List<QueryObserver> observers = new ArrayList<>();
    private final List<ListenPoint> listen = new ArrayList<>();
    private TsigKeys keys = TsigKeys.NONE;
    private Ticker ticker = Ticker.SYSTEM;
    private SearchList search = SearchList.NONE;
    private int imageSlots = DEFAULT_IMAGE_SLOTS;

    EngineBuilder() {}

    /** Adds a zone; names missing in it do not exist. */
    public EngineBuilder zone(RecordSource source) {
        return zone(source, FallthroughZones.NONE);
    }

    /** Adds a zone; names missing in it go to the next zone above where {@code fallthrough} says so. */
    public EngineBuilder zone(RecordSource source, FallthroughZones fallthrough) {
        plan.endpoints(List.of(source));
        return resolver(source.origin(), new AuthoritativeResolver(source, fallthrough, plan.engine()));
    }

    /** Adds a backend's zones, its life and its measurements. Where its zones change, names below its origins are its. */
    public EngineBuilder backend(ZoneBackend backend) {
        plan.endpoints(backend.zones());
        ZoneSet zones = new ZoneSet();
        if (backend.whenZonesChange(() -> zones.put(backend, authoritative(backend)))) {
            zones.put(backend, authoritative(backend));
            backend.origins().forEach(origin -> resolver(origin, zones));
        } else {
            authoritative(backend).forEach(this::resolver);
        }
        return part(backend);
    }

    private Map<Name, Resolver> authoritative(ZoneBackend backend) {
        Map<Name, Resolver> resolvers = new LinkedHashMap<>();
        backend.zones()
                .forEach(source -> resolvers.put(
                        source.origin(), new AuthoritativeResolver(source, backend.fallthrough(), plan.engine())));
        return resolvers;
    }

    /**
     * Adds a zone that only some clients see; others see the zone of the same origin that was added without clients, or no
     * zone there. Of several whose clients overlap the first one added counts.
     *
     * @param clients must be quick, and always say the same of one client
     */
    public EngineBuilder view(Predicate<Client> clients, RecordSource source) {
        views.add(new Viewed(
                source.origin(),
                new QuestionsOnly(new AuthoritativeResolver(source, FallthroughZones.NONE, plan.engine())),
                new View("", query -> clients.test(query.client()), true)));
        return part(source);
    }

    /**
     * Adds a resolver for the names at and below an origin: a forwarder for the root, for instance. One that is a {@link
     * Lifecycle} or a {@link MetricSource} too takes part as such.
     *
     * @throws IllegalArgumentException where the origin is taken
     */
    public EngineBuilder resolver(Name origin, Resolver resolver) {
        if (resolvers.putIfAbsent(origin, new QuestionsOnly(resolver)) != null) {
            throw new IllegalArgumentException("two resolvers for " + origin + ": one origin wants one");
        }
        return part(resolver);
    }

    private EngineBuilder part(Object part) {
        if (part instanceof Lifecycle lifecycle) {
            plan.lifecycle(lifecycle);
        }
        if (part instanceof MetricSource source) {
            plan.metrics(source);
        }
        return this;
    }

    /** Puts a layer over every zone; the first one added is the outermost. */
    public EngineBuilder layer(Layer layer) {
        layers.add(layer);
        return part(layer);
    }

    /**
     * Lets a layer hear when a primary says that a zone has changed (RFC 1996); the first one added hears it first. Without
     * one, the primary is told that nobody does.
     */
    public EngineBuilder notified(Layer listener) {
        notified.add(listener);
        return this;
    }

    /** Adds an observer of every zone's replies. */
    public EngineBuilder observer(QueryObserver observer) {
        observers.add(observer);
        return this;
    }

    /** Adds a part that lives with the engine. */
    public EngineBuilder lifecycle(Lifecycle part) {
        return part(part);
    }

    /** Adds work that the engine repeats. */
    public EngineBuilder every(PeriodicTask task) {
        plan.every(task);
        return this;
    }

    /** Where a server is to listen for these zones; without one, every door leads to them. */
    public EngineBuilder listen(ListenPoint point) {
        listen.add(point);
        return this;
    }

    /** The keys that queries on the network may be signed with (RFC 8945). */
    public EngineBuilder keys(TsigKeys known) {
        keys = known;
        return this;
    }

    /** How relative names are completed. */
    public EngineBuilder search(SearchList list) {
        search = list;
        return this;
    }

    /** The clock. */
    public EngineBuilder ticker(Ticker clock) {
        ticker = clock;
        return this;
    }

    /** How many reply images a listener's door keeps; 0 keeps none. */
    public EngineBuilder imageSlots(int slots) {
        imageSlots = slots;
        return this;
    }

    /** The engine; nothing runs before {@link DnsEngine#start()}. */
    public DnsEngine build() {
        views.forEach(this::plan);
        resolvers.forEach((origin, resolver) -> plan(new Viewed(origin, resolver, View.EVERY)));
        return new DnsEngine(plan.build(), ticker, imageSlots, search);
    }

    private void plan(Viewed viewed) {
        plan.zone(new ZonePlan(
                viewed.origin(),
                listen,
                layered(layers, viewed.resolver()),
                observers,
                layered(notified, ZonePlan.NOT_NOTIFIED),
                keys,
                viewed.view()));
    }

    private static Resolver layered(List<Layer> layers, Resolver resolver) {
        Resolver outermost = resolver;
        for (int i = layers.size() - 1; i >= 0; i--) {
            outermost = Trail.through(
                    layers.get(i).getClass().getSimpleName(), layers.get(i).over(outermost));
        }
        return outermost;
    }

    /** What answers for an origin, and to whom. */
    private record Viewed(Name origin, Resolver resolver, View view) {}
}
