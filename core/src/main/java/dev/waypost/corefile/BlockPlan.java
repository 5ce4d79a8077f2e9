package dev.waypost.corefile;

import dev.waypost.ExtendedError;
import dev.waypost.Layer;
import dev.waypost.Lifecycle;
import dev.waypost.ListenPoint;
import dev.waypost.MetadataSource;
import dev.waypost.MetricSource;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.Trail;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.QuestionsOnly;
import dev.waypost.engine.View;
import dev.waypost.engine.ZonePlan;
import dev.waypost.tsig.TsigKey;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** One server block on its way to zone plans: collects what directives add, in the order of their places. */
final class BlockPlan implements BlockContext {
    private static final String FILE = "file";

    /** Directives that stand one behind the other and hold zones: of theirs, the nearest zone of a name answers. */
    private static final Set<String> BESIDE_FILE = Set.of(FILE, "auto", "secondary");

    private final List<ZoneKey> keys;
    private final EnginePlan.Builder plan;
    private final SharedObjects shared;
    private final Ticker ticker;
    private final SharedObjects own = new SharedObjects();
    private final List<Layer> chain = new ArrayList<>();
    private final List<Layer> notified = new ArrayList<>();
    private final List<TsigKey> signers = new ArrayList<>();
    private final Map<String, BlockZones> zonesAt = new LinkedHashMap<>();
    private final List<QueryObserver> observers = new ArrayList<>();
    private View view = View.EVERY;
    private final List<MetadataSource> labels = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>();
    private Path folder;
    private final List<String> directives;
    private final CorefileDigest digest;
    private String directive = "";

    BlockPlan(
            ServerBlock block,
            List<ZoneKey> keys,
            EnginePlan.Builder plan,
            Path folder,
            SharedObjects shared,
            Ticker ticker) {
        this.directives =
                block.directives().stream().map(Statement::name).distinct().toList();
        this.digest = CorefileDigest.of(List.of(block));
        this.keys = List.copyOf(keys);
        this.plan = plan;
        this.folder = folder;
        this.shared = shared;
        this.ticker = ticker;
    }

    /** Lets one directive add its part behind those of the directives before it. */
    void add(DirectiveFactory factory, Statement statement) {
        directive = factory.name();
        factory.configure(statement, this);
    }

    /** Adds one zone plan for each zone: the same chain, the listen points of the zone's own keys. */
    void build() {
        Resolver resolver = layered(chain, BlockPlan::ended);
        Resolver notify = layered(notified, ZonePlan.NOT_NOTIFIED);
        zones().forEach(zone ->
                plan.zone(new ZonePlan(zone, listenPointsOf(zone), resolver, observers, notify, tsig(), view)));
    }

    List<ZoneKey> keys() {
        return keys;
    }

    List<ListenPoint> listenPoints(ZoneKey key) {
        List<String> on = hosts.isEmpty() ? List.of("") : hosts;
        return on.stream()
                .map(host -> new ListenPoint(key.scheme(), host, key.port()))
                .distinct()
                .toList();
    }

    /** A block's end is the query's end: another block has another policy, so nothing falls through into it. */
    private static Response ended(Query query) {
        return Response.failure(Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE, "");
    }

    private static Resolver layered(List<Layer> layers, Resolver last) {
        Resolver resolver = last;
        for (int i = layers.size() - 1; i >= 0; i--) {
            resolver = layers.get(i).over(resolver);
        }
        return resolver;
    }

    @Override
    public List<Name> zones() {
        return keys.stream().flatMap(key -> key.zones().stream()).distinct().toList();
    }

    @Override
    public List<Name> zonesOf(List<Token> arguments) {
        return arguments.isEmpty()
                ? zones()
                : arguments.stream()
                        .flatMap(zone -> ReverseZones.of(zone).stream())
                        .distinct()
                        .toList();
    }

    @Override
    public Resolver engine() {
        return plan.engine();
    }

    @Override
    public void root(Path newFolder) {
        folder = newFolder;
    }

    @Override
    public Path path(Token fileName) {
        try {
            return folder.resolve(fileName.text());
        } catch (InvalidPathException unusable) {
            throw fileName.fault(
                    "a file name is wanted, found \"" + fileName.text() + "\" (" + unusable.getReason() + ")");
        }
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public CorefileDigest digest() {
        return digest;
    }

    @Override
    public List<String> directives() {
        return directives;
    }

    @Override
    public List<ListenPoint> listenPointsOf(Name zone) {
        return keys.stream()
                .filter(key -> key.zones().contains(zone))
                .flatMap(key -> listenPoints(key).stream())
                .distinct()
                .toList();
    }

    @Override
    public List<ListenPoint> listenPoints() {
        return keys.stream()
                .flatMap(key -> listenPoints(key).stream())
                .distinct()
                .toList();
    }

    @Override
    public void listenOn(List<String> more) {
        hosts.addAll(more);
    }

    @Override
    public void layer(Layer layer) {
        String name = directive;
        chain.add(next -> Trail.through(name, layer.over(next)));
    }

    @Override
    public void resolver(Resolver resolver) {
        String name = directive;
        Resolver questions = new QuestionsOnly(resolver);
        Resolver told = Trail.through(name, query -> signed(questions, name, query));
        chain.add(next -> query -> told.resolve(query).orElse(() -> next.resolve(query)));
    }

    private static Resolution signed(Resolver resolver, String name, Query query) {
        return resolver.resolve(query)
                .map(response -> response.answeredBy().isEmpty() ? response.withAnsweredBy(name) : response);
    }

    @Override
    public void backend(ZoneBackend backend) {
        String place = BESIDE_FILE.contains(directive) ? FILE : directive;
        BlockZones zones = zonesAt.get(place);
        if (zones == null) {
            zones = new BlockZones(engine());
            zonesAt.put(place, zones);
            chain.add(zones);
        }
        zones.add(directive, backend);
        plan.endpoints(backend.zones());
        lifecycle(backend);
    }

    @Override
    public List<RecordSource> sources() {
        return new AbstractList<>() {
            @Override
            public Iterator<RecordSource> iterator() {
                return now().iterator();
            }

            @Override
            public RecordSource get(int index) {
                return now().get(index);
            }

            @Override
            public int size() {
                return now().size();
            }

            private List<RecordSource> now() {
                return zonesAt.values().stream().flatMap(BlockZones::sources).toList();
            }
        };
    }

    @Override
    public void notified(Layer listener) {
        notified.add(listener);
    }

    @Override
    public void tsig(TsigKey key) {
        signers.add(key);
    }

    @Override
    public TsigKeys tsig() {
        return TsigKeys.of(signers);
    }

    @Override
    public void lifecycle(Lifecycle part) {
        plan.lifecycle(part);
    }

    @Override
    public void startupTimeout(Duration time) {
        plan.startupTimeout(time);
    }

    @Override
    public void observer(QueryObserver observer) {
        observers.add(observer);
    }

    @Override
    public void view(View condition) {
        view = view.and(condition);
    }

    /** Whether a condition tells the block apart from others of its zones. */
    boolean isViewed() {
        return view.isConditional();
    }

    @Override
    public void metadata(MetadataSource source) {
        labels.add(source);
    }

    @Override
    public MetadataSource metadata() {
        return (label, query) -> labels.stream()
                .flatMap(source -> source.value(label, query).stream())
                .findFirst();
    }

    @Override
    public void metrics(MetricSource source) {
        plan.metrics(source);
    }

    @Override
    public void every(PeriodicTask task) {
        plan.every(task);
    }

    @Override
    public void attach(Object attachment) {
        plan.attach(attachment);
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> create) {
        return shared.of(type, create);
    }

    @Override
    public <T> T inBlock(Class<T> type, Supplier<T> create) {
        return own.of(type, create);
    }
}
