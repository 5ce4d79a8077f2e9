package dev.waypost.socket;

import dev.waypost.ListenPoint;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Readiness;
import dev.waypost.Ticker;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves an engine on the network: UDP and TCP on every listen point of its plan (RFC 1035 section 4.2, RFC 7766), and
 * the HTTP endpoints that the plan has attached.
 *
 * <pre>{@code
 * DnsServer server = DnsServer.builder(engine).listen(new ListenPoint("dns", "127.0.0.1", 1053)).start();
 * }</pre>
 *
 * <p>The engine stays its owner's: it must be started, and closed after the server. Safe for any number of threads; all
 * threads of a server are daemons.
 */
public final class DnsServer implements AutoCloseable {
    private final DnsEngine engine;
    private final ServerOptions options;
    private final List<ListenPoint> points;
    private final ServerMetrics metrics;
    private final Ticker ticker;
    private final SocketCounters counters = new SocketCounters();
    private final StreamLoop loop;
    private final Bindings<LocalAddress, LocalListener> listeners = new Bindings<>();
    private final Bindings<HttpAddress, EndpointServer> endpoints = new Bindings<>();
    private final Interruptible replacement = new Interruptible();
    private volatile boolean stopping;
    private boolean closed;

    private DnsServer(Builder builder) {
        this.engine = builder.engine;
        this.options = builder.options;
        this.points = List.copyOf(builder.points);
        this.metrics = new ServerMetrics(engine, counters, List.copyOf(builder.metrics));
        this.ticker = builder.ticker;
        this.loop = new StreamLoop(options, counters, ticker);
    }

    /** A server for an engine, with {@link ServerOptions#DEFAULTS}. */
    public static Builder builder(DnsEngine engine) {
        return new Builder(engine);
    }

    /** The addresses on which DNS is served, UDP and TCP on each, in the order of the listen points. */
    public List<InetSocketAddress> addresses() {
        return listeners.all().stream().map(LocalListener::local).toList();
    }

    /** Where the HTTP endpoints are found from this machine. */
    public List<URI> endpoints() {
        return endpoints.all().stream().flatMap(each -> each.uris().stream()).toList();
    }

    /**
     * Runs another plan instead. Its new addresses are bound first; sockets that both plans want go on without a pause;
     * those no longer wanted are closed once their replies are sent.
     *
     * @throws java.io.UncheckedIOException when an address cannot be bound, which it names; the old plan goes on
     * @throws RuntimeException what a part of the plan threw when it was started; the old plan goes on
     * @throws IllegalStateException when the server stops, before or meanwhile
     */
    public synchronized void reload(EnginePlan plan) {
        Takeover takeover = Takeover.stage(plan, wanted(plan), this);
        try {
            replacement.run(() -> engine.replace(plan));
        } catch (RuntimeException refused) {
            takeover.undo();
            throw refused;
        }
        takeover.take();
    }

    private synchronized DnsServer bindAndServe(Runnable first, Runnable wait) {
        try {
            EnginePlan plan = engine.plan();
            Takeover takeover = Takeover.stage(plan, wanted(plan), this);
            try {
                first.run();
                takeover.servePages(); // probes want to know why the rest takes long
                wait.run();
            } catch (RuntimeException refused) {
                takeover.undo();
                throw refused;
            }
            takeover.take();
            return this;
        } catch (RuntimeException refused) {
            loop.close();
            throw refused;
        }
    }

    private List<ListenPoint> wanted(EnginePlan plan) {
        List<ListenPoint> wanted = new ArrayList<>(points);
        wanted.addAll(plan.listenPoints());
        if (wanted.isEmpty() && plan.attachments(HttpEndpoint.class).isEmpty()) {
            throw new IllegalStateException(
                    "nothing to listen on: neither the plan nor the builder has a listen point");
        }
        return wanted;
    }

    DnsEngine engine() {
        return engine;
    }

    ServerOptions options() {
        return options;
    }

    SocketCounters counters() {
        return counters;
    }

    /** The clock by which clients have their time. */
    Ticker ticker() {
        return ticker;
    }

    StreamLoop loop() {
        return loop;
    }

    Bindings<LocalAddress, LocalListener> listenerBindings() {
        return listeners;
    }

    Bindings<HttpAddress, EndpointServer> endpointBindings() {
        return endpoints;
    }

    Served served() {
        return new Served() {
            @Override
            public Map<String, Readiness> readiness() {
                return engine.readiness();
            }

            @Override
            public boolean isStopping() {
                return stopping;
            }

            @Override
            public void collect(Consumer<Metric> sink) {
                metrics.collect(sink);
            }
        };
    }

    /**
     * Stops: {@code /ready} says so at once, the lameduck time of {@code /health} passes while everything is still
     * answered, then no connection and no query is taken any more, and what is owed is sent, for {@link
     * ServerOptions#stopTimeout} at most. No thread and no socket is left. An interrupt shortens the waiting. A reload
     * that waits for its plan to become ready is ended.
     */
    @Override
    public void close() {
        stopping = true;
        replacement.end(); // not behind the lock, which the reload holds
        closeOnce();
    }

    private synchronized void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        waitFor(lameduck());
        retire(List.copyOf(listeners.all()));
        loop.close();
        endpoints.all().forEach(EndpointServer::close);
    }

    /** Answers what has arrived at the listeners, sends what they owe, then closes them. */
    void retire(List<LocalListener> unwanted) {
        if (unwanted.isEmpty()) {
            return;
        }
        long end = System.nanoTime() + options.stopTimeout().toNanos();
        loop.finish(unwanted, options.stopTimeout());
        unwanted.forEach(listener -> listener.drain(end));
        unwanted.forEach(LocalListener::finish);
        unwanted.forEach(listener -> listener.awaitFinished(end));
        for (LocalListener listener : unwanted) {
            listener.drainAll(end);
            listener.close();
        }
    }

    private Duration lameduck() {
        return engine.plan().attachments(HttpEndpoint.class).stream()
                .map(HttpEndpoint::lameduck)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static void waitFor(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what a server needs; for one thread. */
    public static final class Builder {
        private final DnsEngine engine;
        private final List<ListenPoint> points = new ArrayList<>();
        private final List<MetricSource> metrics = new ArrayList<>();
        private ServerOptions options = ServerOptions.DEFAULTS;
        private Ticker ticker = Ticker.SYSTEM;

        private Builder(DnsEngine engine) {
            this.engine = engine;
        }

        /** Listens here too, whatever the plan wants. */
        public Builder listen(ListenPoint... more) {
            points.addAll(Arrays.asList(more));
            return this;
        }

        /** Takes as much of the machine as these say. */
        public Builder options(ServerOptions value) {
            options = value;
            return this;
        }

        /** Gives clients their time by this clock. */
        Builder ticker(Ticker clock) {
            ticker = clock;
            return this;
        }

        /** Shows these measurements on {@code /metrics} too. */
        public Builder metrics(MetricSource source) {
            metrics.add(source);
            return this;
        }

        /**
         * Binds every address, then begins to answer.
         *
         * @throws java.io.UncheckedIOException when an address cannot be bound, which it names, as {@code cannot listen
         *     on udp 127.0.0.1:53: Address already in use}; nothing stays open, and another try may be made
         * @throws dev.waypost.ConfigurationException for a listen point that cannot be
         * @throws IllegalStateException when there is nothing to listen on
         */
        public DnsServer start() {
            return start(() -> {}, () -> {});
        }

        /**
         * The same, with something to do once every address is bound.
         *
         * @param first before the HTTP endpoints are served
         * @param wait after that, and before the first answer
         */
        DnsServer start(Runnable first, Runnable wait) {
            return new DnsServer(this).bindAndServe(first, wait);
        }
    }
}
