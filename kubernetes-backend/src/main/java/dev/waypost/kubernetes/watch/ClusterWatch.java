package dev.waypost.kubernetes.watch;

import dev.waypost.Staleness;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The watches of one cluster: one thread each, over one connection. */
public final class ClusterWatch implements AutoCloseable {
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Pause pause = new Pause();
    private final ApiMeter meter = new ApiMeter();
    private final List<ResourceWatch<?>> watches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ApiConnection connection;
    private final WatchSetting setting;

    /** No watches yet; see {@link #add}. */
    public ClusterWatch(ApiAccess access, WatchSetting setting) {
        this.setting = setting;
        this.connection = new ApiConnection(access, setting.timings(), meter);
    }

    /** Adds a resource, before {@link #start}. */
    public <T extends ApiObject> void add(ResourceKind<T> kind, ObjectStore<T> store) {
        watches.add(new ResourceWatch<>(kind, store, connection, pause, setting));
    }

    /** Starts a thread for each resource. */
    public synchronized void start() {
        for (ResourceWatch<?> watch : watches) {
            Thread thread = new Thread(watch, "waypost-watch-" + watch.kind().resource());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** How each watch stands. */
    public List<WatchStatus> statuses() {
        return watches.stream().map(ResourceWatch::status).toList();
    }

    /** Whether every watch is in touch with the API; if not, since when the first of them is not. */
    public Staleness staleness() {
        Staleness staleness = Staleness.FRESH;
        for (ResourceWatch<?> watch : watches) {
            OptionalLong lost = watch.lostSinceNanos();
            if (lost.isPresent()) {
                staleness = staleness.and(Staleness.since(lost.getAsLong()));
            }
        }
        return staleness;
    }

    /** What fails at the moment, empty where nothing does. */
    public String trouble() {
        return watches.stream()
                .map(watch -> watch.status().lastError())
                .filter(error -> !error.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The requests made so far. */
    public ApiMeter meter() {
        return meter;
    }

    /** Ends every request and thread, within a second. */
    @Override
    public synchronized void close() {
        pause.end();
        watches.forEach(ResourceWatch::close);
        connection.close();
        long deadline = System.nanoTime() + CLOSE_NANOS;
        for (Thread thread : threads) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
