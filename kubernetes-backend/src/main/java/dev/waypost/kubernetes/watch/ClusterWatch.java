package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The watches of one cluster: one thread each, over one connection. */
public final class ClusterWatch implements AutoCloseable {
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Pause pause = new Pause();
    private final ApiMeter meter = new ApiMeter();
    private final List<ResourceWatch<?>> watches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ResourceWatch.Shared shared;

    /** No watches yet; see {@link #add}. */
    public ClusterWatch(ApiAccess access, WatchSetting setting, Outages outages) {
        ApiConnection connection = new ApiConnection(access, setting.timings(), meter);
        this.shared = new ResourceWatch.Shared(connection, pause, outages, setting);
    }

    /** Adds a resource, before {@link #start}. */
    public <T extends ApiObject> void add(ResourceKind<T> kind, ObjectStore<T> store) {
        watches.add(new ResourceWatch<>(kind, store, shared));
    }

    /** Starts a thread for each resource. */
    public synchronized void start() {
        for (ResourceWatch<?> watch : watches) {
            Thread thread = new Thread(watch, watch.name());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** How each watch stands. */
    public List<WatchStatus> statuses() {
        return watches.stream().map(ResourceWatch::status).toList();
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
        shared.connection().close();
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
