package dev.waypost.corefile;

import dev.waypost.ConfigurationException;
import dev.waypost.Ticker;
import dev.waypost.engine.EnginePlan;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a Corefile into an engine plan with the directives that are installed.
 *
 * <p>One planner a host: it keeps what plans share from reload to reload. Planning opens and starts nothing. Immutable
 * but for what is shared; safe for any number of threads.
 */
public final class CorefilePlanner {
    /** The port of a server block that names none, unless the host says otherwise. */
    public static final int DEFAULT_PORT = 53;

    private final Map<String, DirectiveFactory> factories;
    private final DirectiveOrder order;
    private final int defaultPort;
    private final Ticker ticker;
    private final Function<String, @Nullable String> environment;
    private final SharedObjects shared;

    private CorefilePlanner(
            Map<String, DirectiveFactory> factories,
            int defaultPort,
            Ticker ticker,
            Function<String, @Nullable String> environment,
            SharedObjects shared) {
        this.factories = factories;
        this.order = new DirectiveOrder(factories.values());
        this.defaultPort = defaultPort;
        this.ticker = ticker;
        this.environment = environment;
        this.shared = shared;
    }

    /** A planner with every {@link DirectiveFactory} service on the module or class path. */
    public static CorefilePlanner installed() {
        return of(ServiceLoader.load(DirectiveFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * A planner with the given directives and no others.
     *
     * @throws IllegalStateException when two have the same keyword
     */
    public static CorefilePlanner of(Collection<? extends DirectiveFactory> directives) {
        Map<String, DirectiveFactory> byKeyword = new LinkedHashMap<>();
        for (DirectiveFactory each : directives) {
            DirectiveFactory other = byKeyword.put(each.name(), each);
            if (other != null) {
                throw new IllegalStateException("directive '" + each.name() + "' is installed twice: "
                        + other.getClass().getName() + ", " + each.getClass().getName());
            }
        }
        return new CorefilePlanner(byKeyword, DEFAULT_PORT, Ticker.SYSTEM, System::getenv, new SharedObjects());
    }

    /** The same with another port for server blocks that name none. */
    public CorefilePlanner withDefaultPort(int port) {
        return new CorefilePlanner(factories, port, ticker, environment, shared);
    }

    /** The same with another clock for its plans. */
    public CorefilePlanner withTicker(Ticker clock) {
        return new CorefilePlanner(factories, defaultPort, clock, environment, shared);
    }

    /** The same with other environment variables; {@code null} means that there is none of the name. */
    public CorefilePlanner withEnvironment(Function<String, @Nullable String> variables) {
        return new CorefilePlanner(factories, defaultPort, ticker, variables, shared);
    }

    /** Every keyword this planner understands, in the order in which directives take part in a query. */
    public List<String> directives() {
        return order.keywords().stream().filter(factories::containsKey).toList();
    }

    /**
     * Reads a Corefile and all it imports.
     *
     * @throws dev.waypost.ConfigurationException for anything that cannot be used, with the place
     */
    public EnginePlan plan(Path corefile) {
        Path parent = corefile.toAbsolutePath().getParent();
        Path folder = parent == null ? corefile.toAbsolutePath() : parent;
        return plan(CorefileReader.read(corefile, environment), corefile.toString(), folder);
    }

    /**
     * Plans a Corefile given as text.
     *
     * @param source what errors call it
     * @param folder where relative file names start
     */
    public EnginePlan plan(String text, String source, Path folder) {
        return plan(CorefileReader.read(text, source, folder, environment), source, folder);
    }

    /**
     * What a Corefile says now, to be compared with the {@link CorefileDigest} attached to a plan.
     *
     * @throws dev.waypost.ConfigurationException when it cannot be read
     */
    public CorefileDigest digest(Path corefile) {
        return CorefileDigest.of(CorefileReader.read(corefile, environment));
    }

    private EnginePlan plan(List<ServerBlock> blocks, String source, Path folder) {
        if (blocks.isEmpty()) {
            throw ConfigurationException.of(source, "wants at least one server block, found none");
        }
        // All keywords first: a misspelt one is the likelier fault, and nothing is read from disk before it is found.
        blocks.forEach(block -> block.directives().forEach(this::factory));
        EnginePlan.Builder plan = EnginePlan.builder();
        ListenClaims claims = new ListenClaims();
        for (ServerBlock block : blocks) {
            List<ZoneKey> keys = claims.keys(block, defaultPort);
            BlockPlan blockPlan = new BlockPlan(block, keys, plan, folder, shared, ticker);
            block.directives().stream()
                    .sorted(Comparator.comparingInt(order::placeOf))
                    .forEach(directive -> blockPlan.add(factory(directive), directive));
            claims.claim(blockPlan);
            blockPlan.build();
        }
        return plan.attach(CorefileDigest.of(blocks)).build();
    }

    private DirectiveFactory factory(Statement directive) {
        DirectiveFactory factory = factories.get(directive.name());
        if (factory != null) {
            return factory;
        }
        String name = directive.name();
        if (order.contains(name)) {
            throw directive
                    .keyword()
                    .fault("directive '" + name + "' is not supported yet: no installed module has it");
        }
        String closest = order.closestTo(name);
        throw directive
                .keyword()
                .fault("unknown directive '" + name + "'"
                        + (closest.isEmpty() ? "" : ", did you mean '" + closest + "'?"));
    }
}
