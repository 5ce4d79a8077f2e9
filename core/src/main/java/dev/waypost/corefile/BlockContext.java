package dev.waypost.corefile;

import dev.waypost.Layer;
import dev.waypost.Lifecycle;
import dev.waypost.ListenPoint;
import dev.waypost.MetadataSource;
import dev.waypost.MetricSource;
import dev.waypost.PeriodicTask;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.Ticker;
import dev.waypost.engine.View;
import dev.waypost.tsig.TsigKey;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.xbill.DNS.Name;

/**
 * What a directive belongs to and adds to: its server block.
 *
 * <p>Layers and backends take their place by {@link DirectiveOrder}, not by the order of calls among directives.
 */
public interface BlockContext {
    /** The zones of the server block, CIDR forms already reverse zones. */
    List<Name> zones();

    /** The zones a directive names in its arguments, CIDR forms expanded; the block's zones where it names none. */
    List<Name> zonesOf(List<Token> arguments);

    /** The whole engine, for alias targets; usable once the engine runs, not during configuration. */
    Resolver engine();

    /** Takes the relative file names of the directives that follow from this folder: the {@code root} directive. */
    void root(Path folder);

    /** A file name of the Corefile, taken from the Corefile's folder or from {@link #root} when it is relative. */
    Path path(Token fileName);

    /** The engine's clock. */
    Ticker ticker();

    /**
     * What the block says, for whom and what, everything imported: equal in two plans where the block was not changed, so
     * that what was learnt for it may be kept. The contents of files that it only names are no part of it.
     */
    CorefileDigest digest();

    /** The keywords of the block's directives, each once, in the order of the Corefile. */
    List<String> directives();

    /** Where one of the block's zones is listened for; complete for every directive behind {@code bind}. */
    List<ListenPoint> listenPointsOf(Name zone);

    /** Where the block is listened for, each once; complete for every directive behind {@code bind}. */
    List<ListenPoint> listenPoints();

    /** Serves the block on these hosts (address literals or interface names) instead of on every address. */
    void listenOn(List<String> hosts);

    /** Adds a layer at the directive's place of the chain. */
    void layer(Layer layer);

    /** Adds a resolver at the directive's place: it answers, or falls through to the rest of the chain. */
    void resolver(Resolver resolver);

    /** Adds zones at the directive's place, answered authoritatively, with their life. */
    void backend(ZoneBackend backend);

    /** The zones of the block's backends; complete once every directive has added its own, a view until then. */
    List<RecordSource> sources();

    /**
     * Adds a layer, at the directive's place among such, that hears when a primary says that a zone of the block has
     * changed (RFC 1996).
     */
    void notified(Layer listener);

    /** Adds a key that queries may be signed with (RFC 8945), at every listener of the block. */
    void tsig(TsigKey key);

    /** The block's own keys; complete for every directive behind {@code tsig}. */
    TsigKeys tsig();

    /** Adds a part that is started and closed with the engine's plan. */
    void lifecycle(Lifecycle part);

    /** Lets the host wait so long for readiness before it serves; of several the longest counts. */
    void startupTimeout(Duration time);

    /** Adds an observer of this block's replies. */
    void observer(QueryObserver observer);

    /** Serves only the queries that a condition holds for; of several conditions all. */
    void view(View condition);

    /** Adds labels about the block's queries; they are told where the block has the directive {@code metadata}. */
    void metadata(MetadataSource source);

    /** The labels of all directives of the block, of several values the first; complete once the engine runs. */
    MetadataSource metadata();

    /** Adds measurements. */
    void metrics(MetricSource source);

    /** Adds work that the engine repeats while the plan runs. */
    void every(PeriodicTask task);

    /**
     * Adds something that only the host understands, e.g. an HTTP endpoint; core passes it over.
     *
     * @param attachment read by the host with {@code EnginePlan.attachments(type)}
     */
    void attach(Object attachment);

    /**
     * The one object of a type that all plans of one host share, from reload to reload: counters, for instance. It must
     * hold nothing that needs closing.
     */
    <T> T shared(Class<T> type, Supplier<T> create);

    /**
     * The one object of a type in this server block: what the repeats of one directive have in common, for instance
     * rules of which the first that fits counts.
     */
    <T> T inBlock(Class<T> type, Supplier<T> create);
}
