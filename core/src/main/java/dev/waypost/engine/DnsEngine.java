package dev.waypost.engine;

import dev.waypost.ListenPoint;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Query;
import dev.waypost.Readiness;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Ticker;
import dev.waypost.jfr.ReplaceEvent;
import dev.waypost.lookup.Explanation;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Lookups;
import dev.waypost.lookup.Question;
import dev.waypost.lookup.SearchList;
import dev.waypost.lookup.ServiceInstance;
import dev.waypost.lookup.Watches;
import dev.waypost.wire.WireResponder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.xbill.DNS.Name;

/**
 * A running plan, and the doors to it: {@link #resolve} and the look-ups for this JVM, {@link #wire} for sockets.
 *
 * <p>Safe for any number of threads. An engine opens no socket; what its plan's parts open is theirs. It has one daemon
 * thread of its own, for periodic tasks.
 */
public final class DnsEngine implements Resolver, AutoCloseable {
    /** How long the parts of a replaced plan live on for queries that are still under way. */
    private static final Duration RETIREMENT = Query.DEFAULT_TIMEOUT;

    /** Replaced plans that live on at once, at most: whoever replaces faster gives the oldest less time. */
    private static final int MOST_RETIRED = 4;

    /** Outcomes of look-ups by text that are remembered while they are true. */
    private static final int REMEMBERED = 4096;

    private static final Duration READINESS_POLL = Duration.ofMillis(5);

    private final ScheduledExecutorService timer = newTimer();
    private final Map<ListenPoint, WireDoor> doors = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private final int imageSlots;
    private final Lookups lookups;
    private final Watches watches;
    private final List<RunningPlan> retired = new ArrayList<>();
    private final Object replacing = new Object();
    private volatile boolean closed;
    private volatile RunningPlan running;

    DnsEngine(EnginePlan plan, Ticker ticker, int imageSlots, SearchList search) {
        this.ticker = ticker;
        this.imageSlots = imageSlots;
        this.running = new RunningPlan(plan, ticker);
        this.lookups = new Lookups(this, new MemoryZones(() -> running), search, ticker, REMEMBERED);
        this.watches = new Watches(lookups, timer, ticker);
    }

    /** An engine for a plan; nothing runs before {@link #start()}. */
    public static DnsEngine of(EnginePlan plan) {
        return of(plan, SearchList.NONE);
    }

    /** An engine for a plan, with a search list for its look-ups. */
    public static DnsEngine of(EnginePlan plan, SearchList search) {
        return new DnsEngine(plan, Ticker.SYSTEM, EngineBuilder.DEFAULT_IMAGE_SLOTS, search);
    }

    /** Puts an engine together from zones, backends and resolvers. */
    public static EngineBuilder builder() {
        return new EngineBuilder();
    }

    private static ScheduledExecutorService newTimer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "waypost-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    /**
     * Starts the plan's parts and returns without waiting for them.
     *
     * @return this engine
     * @throws IllegalStateException when it is closed: nobody would close the parts again
     */
    public synchronized DnsEngine start() {
        failIfClosed();
        running.start(timer);
        return this;
    }

    /**
     * Runs another plan instead. The new plan's parts are started, given its {@link EnginePlan#startupTimeout} to become
     * ready, and take over in one step; the old plan's parts live on for the queries still under way and are then closed.
     *
     * <p>A part that was ready is never replaced by one of its name that is not: what is known is worth more than a new
     * setting. Waits; an interrupt and {@link #close} end the waiting. For one thread at a time, others wait.
     *
     * @throws RuntimeException what a part threw when it was started, or what it is not ready for; the old plan goes on
     */
    public void replace(EnginePlan plan) {
        synchronized (replacing) { // not this engine: close() must not wait behind it
            ReplaceEvent event = new ReplaceEvent();
            RunningPlan next = new RunningPlan(plan, ticker);
            next.start(timer);
            try {
                awaitReady(next, plan.startupTimeout());
                takeOver(next);
                event.end("replaced");
            } catch (RuntimeException refused) {
                event.end(String.valueOf(refused.getMessage()));
                next.close();
                throw refused;
            }
        }
    }

    private void failIfClosed() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    private synchronized void takeOver(RunningPlan next) {
        failIfClosed();
        RunningPlan previous = running;
        previous.readiness().forEach((part, before) -> {
            Readiness now = next.readiness().getOrDefault(part, Readiness.READY);
            if (before.ready() && !now.ready()) {
                throw new IllegalStateException(
                        part + " is not ready in the new plan, and the old one's is: " + now.reason());
            }
        });
        running = next;
        lookups.forget();
        watches.refresh();
        // A door that the new plan has nothing for keeps the old one's zones until its sockets are closed.
        doors.values().stream().filter(door -> next.serves(door.point())).forEach(door -> door.leadTo(next));
        retired.add(previous);
        if (retired.size() > MOST_RETIRED) {
            bury(retired.get(0));
        }
        timer.schedule(() -> bury(previous), RETIREMENT.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void bury(RunningPlan previous) {
        if (retired.remove(previous)) {
            doors.values().stream().filter(door -> door.leadsTo(previous)).forEach(door -> door.leadTo(running));
            previous.close();
        }
    }

    /** The plan that answers now. */
    public EnginePlan plan() {
        return running.plan();
    }

    /**
     * Answers a query of this JVM.
     *
     * @return a response, now or later; REFUSED for a name outside every zone, never a fallthrough
     */
    @Override
    public Resolution resolve(Query query) {
        return running.memory().resolve(query);
    }

    /**
     * Answers a query and tells how: which zone, layer, source and upstream did what. Waits until the query's deadline at
     * most, and answers from no remembered outcome of a look-up.
     */
    public Explanation explain(Query query) {
        return Explanation.of(this, query, ticker);
    }

    /** Whether a zone of this engine holds a name; other names are somebody else's to resolve. */
    public boolean holds(Name qname) {
        return running.memory().routes().holds(qname);
    }

    /** Whether a zone other than the root's holds a name: then no upstream for all names need be asked. */
    public boolean holdsInMemory(Name qname) {
        return holds(qname) && !running.memory().routes().isRoots(qname);
    }

    /**
     * Answers a question by text, its search list applied; what is in memory costs no wait and, while it is true, no second
     * look-up. Waits for an upstream where one must be asked, as long as {@link Question#within} says.
     *
     * @throws IllegalArgumentException where the text is not a domain name
     */
    public <T> Lookup<T> lookup(Question<T> question) {
        return lookups.lookup(question);
    }

    /**
     * {@link #lookup} for callers that must not wait.
     *
     * @return completed already where the answer is in memory; never completes exceptionally
     * @throws IllegalArgumentException where the text is not a domain name
     */
    public <T> CompletionStage<Lookup<T>> lookupLater(Question<T> question) {
        return lookups.lookupLater(question);
    }

    /** The addresses of a host: {@code lookup(Question.addresses(host))}. */
    public Lookup<List<InetAddress>> addresses(String host) {
        return lookup(Question.addresses(host));
    }

    /** The instances of a service: {@code lookup(Question.services(service))}. */
    public Lookup<List<ServiceInstance>> services(String service) {
        return lookup(Question.services(service));
    }

    /**
     * Word of every change: watches on questions, publishers, and futures of the first outcome that is wanted. Closed with
     * the engine.
     */
    public Watches watches() {
        return watches;
    }

    /**
     * The door for a listener of a socket adapter: the same object for the engine's whole life, across plans.
     *
     * @param point answers the zones planned for it, and those planned for every door
     */
    public WireResponder wire(ListenPoint point) {
        WireDoor door = doors.get(point);
        return door != null ? door.responder() : opened(point).responder();
    }

    private synchronized WireDoor opened(ListenPoint point) {
        return doors.computeIfAbsent(point, at -> new WireDoor(at, running, imageSlots, ticker));
    }

    /** Every part's readiness by its name, in the plan's order. */
    public Map<String, Readiness> readiness() {
        return running.readiness();
    }

    /**
     * Waits until every part is ready; an interrupt and {@link #close} end the waiting.
     *
     * @return whether they are
     */
    public boolean awaitReady(Duration patience) {
        return awaitReady(running, patience);
    }

    private boolean awaitReady(RunningPlan plan, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!plan.readiness().values().stream().allMatch(Readiness::ready)) {
            if (System.nanoTime() - end >= 0 || closed || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(READINESS_POLL.toNanos());
        }
        return true;
    }

    /** Gives every measurement of the plan to the sink. */
    public void collect(Consumer<Metric> sink) {
        for (MetricSource source : running.plan().metrics()) {
            source.collect(sink);
        }
    }

    /** Closes the plan's parts and the timer. */
    @Override
    public synchronized void close() {
        closed = true;
        watches.close();
        timer.shutdownNow();
        retired.forEach(RunningPlan::close);
        retired.clear();
        running.close();
    }
}
