package dev.waypost.kubernetes.demand;

import dev.waypost.Freshness;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.watch.ApiRefusal;
import dev.waypost.kubernetes.watch.ClusterWatch;
import dev.waypost.kubernetes.watch.SingleWatch;
import dev.waypost.zone.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Fetches and watches what is asked for, and lets go of what is asked for no more. Safe for any number of threads.
 *
 * <p>A service that is not there costs one LIST and no watch. One that is there costs one LIST and one WATCH a resource,
 * however many ask for it, and no watch of slices before an answer needs endpoints.
 */
public final class DemandWatch implements MetricSource, AutoCloseable {
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);
    private static final Duration RBAC_PAUSE = Duration.ofSeconds(30);

    private final ClusterWatch watches;
    private final ClusterState state;
    private final Branch<Service> services;
    private final Branch<EndpointSlice> slices;
    private final DemandBounds bounds;
    private final Ticker ticker;
    private final Absences absences;
    private final Flights flights;
    private final Workers workers = new Workers();
    private final LongAdder fetches = new LongAdder();
    private final Map<Wanted, Held> held = new HashMap<>(); // guarded by this
    private boolean closed; // guarded by this
    private volatile String trouble = "";

    /** What is watched, and where it goes. */
    public record Target(ClusterState state, Branch<Service> services, Branch<EndpointSlice> slices) {}

    /** Watches nothing yet. */
    public DemandWatch(ClusterWatch watches, Target target, DemandBounds bounds, Ticker ticker) {
        this.watches = watches;
        this.state = target.state();
        this.services = target.services();
        this.slices = target.slices();
        this.bounds = bounds;
        this.ticker = ticker;
        this.absences = new Absences(ticker);
        this.flights = new Flights(ticker, this::begin);
        state.cover(new DemandCoverage(Map.of(), this));
    }

    /** Begins to look for what is asked for no more. */
    public void start() {
        workers.repeat(this::sweep);
    }

    /** What is to be said of something that is not held. */
    Finding unknown(Wanted wanted, Freshness freshness) {
        if (wanted.kind() == ResourceKind.ENDPOINT_SLICES && !state.stores(wanted.kind())) {
            return new Finding.NxDomain(freshness);
        }
        return absences.finding(wanted, freshness)
                .orElseGet(() ->
                        new Finding.NotReady(wanted + " is not known yet", deadline -> flights.join(wanted, deadline)));
    }

    private void begin(Wanted wanted) {
        try {
            workers.execute(() -> run(wanted));
        } catch (RejectedExecutionException afterClose) {
            flights.landed(wanted);
        }
    }

    private void run(Wanted wanted) {
        try {
            if (!isDecided(wanted)) { // by a fetch that landed after the look-up and before this one began
                fetches.increment();
                fetch(wanted);
                trouble = "";
            }
        } catch (IOException | RuntimeException failure) {
            trouble = "cannot fetch " + wanted + ": " + failure;
            absences.failed(wanted, pause(failure), wanted + " cannot be fetched at the moment");
        } finally {
            flights.landed(wanted);
        }
    }

    private synchronized boolean isDecided(Wanted wanted) {
        return held.containsKey(wanted)
                || held.containsKey(wanted.wide())
                || absences.finding(wanted, Freshness.always()).isPresent();
    }

    private static Duration pause(Exception failure) {
        if (failure instanceof ApiRefusal refusal) {
            return refusal.isByRbac() ? RBAC_PAUSE : refusal.retryAfter().orElse(FAILURE_PAUSE);
        }
        return FAILURE_PAUSE;
    }

    private void fetch(Wanted wanted) throws IOException {
        if (wanted.kind() == ResourceKind.NAMESPACES) {
            fetchNamespace(wanted);
        } else if (wanted.kind() == ResourceKind.SERVICES) {
            fetch(wanted, services);
        } else {
            fetch(wanted, slices);
        }
    }

    /** A namespace is not worth a watch: what exists in it tells that it does. */
    private void fetchNamespace(Wanted wanted) throws IOException {
        boolean exists;
        try {
            exists = watches.exists(ResourceKind.NAMESPACES, wanted.namespace());
        } catch (ApiRefusal refusal) {
            if (!refusal.isByRbac()) {
                throw refusal;
            }
            exists = true; // it cannot be told, and "no data" denies nothing that may stand below it
        }
        if (exists) {
            hold(wanted, Optional.empty(), () -> {});
        } else {
            absences.absent(wanted, bounds.absence());
        }
    }

    private <T extends ApiObject> void fetch(Wanted wanted, Branch<T> branch) throws IOException {
        SingleWatch<T> watch = watches.single(branch.kind().apply(wanted.extent()));
        boolean kept = false;
        try {
            List<T> objects = watch.list();
            if (objects.isEmpty() && wanted.kind() == ResourceKind.SERVICES && !wanted.isWide()) {
                absences.absent(wanted, bounds.absence());
                return;
            }
            ObjectStore<T> store = branch.store().apply(wanted.extent());
            synchronized (this) { // nobody closes what is held before it is open
                kept = hold(wanted, Optional.of(watch), () -> store.replaceAll(objects));
                if (kept) {
                    watch.open(store);
                }
            }
        } finally {
            if (!kept) {
                watch.close();
            }
        }
    }

    /**
     * Takes what was fetched.
     *
     * @param watch what would keep it true
     * @return whether the watch is to be opened
     */
    private synchronized boolean hold(Wanted wanted, Optional<SingleWatch<?>> watch, Runnable storing) {
        if (closed) {
            return false;
        }
        List<Held> replaced = wanted.isWide() ? singles(wanted) : List.of();
        boolean room = watch.isPresent() && (open() - replaced.size() < bounds.openWatches() || giveWay());
        Duration life = room ? bounds.idle().dividedBy(2) : bounds.absence();
        replaced.forEach(single -> {
            held.remove(single.wanted());
            single.close();
        });
        held.put(wanted, new Held(wanted, room ? watch : Optional.empty(), ticker.nanoTime() + life.toNanos()));
        state.together(() -> {
            storing.run();
            state.namespaces().put(Namespace.implied(wanted.namespace()));
            state.cover(new DemandCoverage(held, this));
        });
        replaced.forEach(Held::end);
        absences.forget(wanted);
        if (!wanted.isWide() && singles(wanted).size() >= bounds.widenAfter()) {
            widen(wanted.wide());
        }
        return room;
    }

    /** One watch of a whole namespace is cheaper than many of its services; where RBAC refuses it, those go on. */
    private void widen(Wanted wide) {
        if (absences.finding(wide, Freshness.always()).isEmpty()) {
            var unused = flights.begin(wide);
        }
    }

    private int open() {
        return (int) held.values().stream().filter(Held::isWatched).count();
    }

    private List<Held> singles(Wanted like) {
        return held.values().stream()
                .filter(each -> each.isWatched()
                        && each.wanted().kind() == like.kind()
                        && each.wanted().namespace().equals(like.namespace())
                        && !each.wanted().isWide())
                .toList();
    }

    /** Makes room for a watch where one is of no use any more. */
    private boolean giveWay() {
        Optional<Held> useless = held.values().stream()
                .filter(each -> each.isWatched() && each.isSuspect() && each.isOver())
                .findFirst();
        useless.ifPresent(this::drop);
        return useless.isPresent();
    }

    /** Looks at what is due: whether it is still asked for, or still true. */
    void sweep() {
        absences.sweep();
        synchronized (this) {
            long now = ticker.nanoTime();
            List.copyOf(held.values()).stream().filter(each -> each.isDue(now)).forEach(each -> look(each, now));
        }
    }

    private void look(Held each, long now) {
        if (each.isOver()) {
            drop(each);
        } else if (each.look(now + bounds.idle().dividedBy(2).toNanos())) {
            state.renew(each.wanted().extent());
        }
    }

    private void drop(Held past) {
        Wanted wanted = past.wanted();
        held.remove(wanted);
        past.close();
        boolean lastOfNamespace =
                held.keySet().stream().noneMatch(each -> each.namespace().equals(wanted.namespace()));
        state.together(() -> {
            if (wanted.kind() == ResourceKind.SERVICES) {
                services.store().apply(wanted.extent()).replaceAll(List.of());
            } else if (wanted.kind() == ResourceKind.ENDPOINT_SLICES) {
                slices.store().apply(wanted.extent()).replaceAll(List.of());
            }
            if (lastOfNamespace) {
                state.namespaces().remove(Namespace.implied(wanted.namespace()));
            }
            state.cover(new DemandCoverage(held, this));
        });
        past.end();
    }

    /** What went wrong with the last fetch; empty where it did not. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        int open;
        synchronized (this) {
            open = open();
        }
        sink.accept(new Metric.Gauge("waypost_kubernetes_open_watches", "Watches open on demand.", Map.of(), open));
        sink.accept(new Metric.Counter(
                "waypost_kubernetes_demand_fetches_total",
                "Lists and single requests made on demand.",
                Map.of(),
                fetches.sum()));
    }

    /** Fetches no more, and ends the waits for what was being fetched. The watches are closed by their {@link ClusterWatch}. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        workers.close();
        flights.end();
    }
}
