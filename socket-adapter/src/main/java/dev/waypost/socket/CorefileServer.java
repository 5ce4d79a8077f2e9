package dev.waypost.socket;

import dev.waypost.corefile.CorefileDigest;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.ReloadSettings;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Serves what a Corefile says, and looks again as often as its {@code reload} wants: an engine, its sockets and the file
 * they come from, started and closed together.
 *
 * <p>Safe for any number of threads. A Corefile that cannot be used is logged and counted, and the one before goes on.
 */
public final class CorefileServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.waypost.socket");

    private final Path corefile;
    private final CorefilePlanner planner;
    private final DnsEngine engine;
    private final ReloadMetrics metrics;
    private final DnsServer server;
    private final CorefileWatch watch;
    private String lastRefusal = "";
    private volatile boolean closing;

    private CorefileServer(Path corefile, CorefilePlanner planner, ServerOptions options) {
        this.corefile = corefile;
        this.planner = planner;
        this.engine = DnsEngine.of(planner.plan(corefile));
        this.metrics = new ReloadMetrics(engine::plan);
        try {
            this.server =
                    DnsServer.builder(engine).options(options).metrics(metrics).start(engine::start, this::awaitReady);
        } catch (RuntimeException refused) {
            engine.close();
            throw refused;
        }
        this.watch = new CorefileWatch(this::reloadIfChanged);
        watch.follow(settings(engine.plan()));
    }

    /** As CoreDNS does: what is not ready in time answers SERVFAIL until it is. */
    private void awaitReady() {
        engine.awaitReady(engine.plan().startupTimeout());
    }

    /** Serves a Corefile with {@link ServerOptions#DEFAULTS}. */
    public static CorefileServer start(Path corefile, CorefilePlanner planner) {
        return start(corefile, planner, ServerOptions.DEFAULTS);
    }

    /**
     * Serves a Corefile. Its HTTP endpoints answer while the wait for readiness goes on, which an interrupt ends; it stays
     * set.
     *
     * @param planner kept by the server: what it shares goes from plan to plan
     * @throws dev.waypost.ConfigurationException when the Corefile cannot be used, with the place; nothing is started
     * @throws java.io.UncheckedIOException when an address cannot be bound, which it names; nothing stays open
     */
    public static CorefileServer start(Path corefile, CorefilePlanner planner, ServerOptions options) {
        return new CorefileServer(corefile, planner, options);
    }

    /** The engine, for questions of this JVM; closed with this server. */
    public DnsEngine engine() {
        return engine;
    }

    /** The sockets. */
    public DnsServer server() {
        return server;
    }

    /**
     * Reads the Corefile again and serves it, whether its text has changed or not: what it names may have.
     *
     * @return {@link ReloadOutcome.Reloaded} or {@link ReloadOutcome.Rejected}
     */
    public synchronized ReloadOutcome reloadNow() {
        try {
            EnginePlan plan = planner.plan(corefile);
            server.reload(plan);
            watch.follow(settings(plan));
            lastRefusal = "";
            LOG.log(Level.INFO, () -> corefile + ": reloaded");
            return new ReloadOutcome.Reloaded();
        } catch (RuntimeException refused) {
            return rejected(refused);
        }
    }

    /** Reads the Corefile again, and serves it where it says something else: what {@code reload} does at intervals. */
    public synchronized ReloadOutcome reloadIfChanged() {
        try {
            return isUnchanged() ? new ReloadOutcome.Unchanged() : reloadNow();
        } catch (RuntimeException unreadable) {
            return rejected(unreadable);
        }
    }

    private ReloadOutcome rejected(RuntimeException refused) {
        if (closing) {
            return new ReloadOutcome.Rejected(refused); // ended by us: nothing to tell
        }
        metrics.failed();
        String refusal = String.valueOf(refused.getMessage());
        if (!refusal.equals(lastRefusal)) { // tried again at every interval, told once
            LOG.log(Level.ERROR, () -> "reload refused, the Corefile before goes on: " + refusal);
        }
        lastRefusal = refusal;
        return new ReloadOutcome.Rejected(refused);
    }

    private boolean isUnchanged() {
        List<CorefileDigest> serving = engine.plan().attachments(CorefileDigest.class);
        return serving.contains(planner.digest(corefile));
    }

    private static Optional<ReloadSettings> settings(EnginePlan plan) {
        return plan.attachments(ReloadSettings.class).stream().findFirst();
    }

    /**
     * Stops watching, then stops the server as {@link DnsServer#close} says, then the engine. A reload under way is ended,
     * whatever it waits for.
     */
    @Override
    public void close() { // without the lock, which a reload holds
        closing = true;
        watch.close();
        server.close();
        engine.close();
    }
}
