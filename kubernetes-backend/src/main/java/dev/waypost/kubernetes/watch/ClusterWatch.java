package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The watches of one cluster: one thread each, over one connection. Safe for any number of threads. */
public final class ClusterWatch implements AutoCloseable {
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final ApiMeter meter = new ApiMeter();
    private final List<ResourceWatch<?>> watches = new CopyOnWriteArrayList<>();
    private final ResourceWatch.Shared shared;

    /** No watches yet; see {@link #add} and {@link #single}. */
    public ClusterWatch(ApiAccess access, WatchSetting setting, Outages outages) {
        ApiConnection connection = new ApiConnection(access, setting.timings(), meter);
        this.shared = new ResourceWatch.Shared(connection, outages, setting);
    }

    /** Adds a resource, before {@link #start}. */
    public <T extends ApiObject> void add(ResourceKind<T> kind, ObjectStore<T> store) {
        watches.add(new ResourceWatch<>(kind, store, shared));
    }

    /** Starts a thread for each resource. */
    public synchronized void start() {
        watches.forEach(ResourceWatch::start);
    }

    /** A watch that comes and goes by itself; it counts among the others while it is open. */
    public <T extends ApiObject> SingleWatch<T> single(ResourceKind<T> kind) {
        return new SingleWatch<>(kind, shared, watches);
    }

    /** Whether the API server has an object. Waits for the answer. */
    public boolean exists(ResourceKind<?> kind, String name) throws IOException {
        try {
            shared.connection().get(kind, name).send().close();
            return true;
        } catch (ApiRefusal refusal) {
            if (refusal.code() == ApiRefusal.NOT_FOUND) {
                return false;
            }
            throw refusal;
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
        watches.forEach(ResourceWatch::close);
        shared.connection().close();
        long deadline = System.nanoTime() + CLOSE_NANOS;
        for (ResourceWatch<?> watch : watches) {
            try {
                watch.join(deadline - System.nanoTime());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
