package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A watch that comes and goes by itself. Its first list is read before anybody decides whether there is something to watch.
 *
 * @param <T> what is watched
 */
public final class SingleWatch<T extends ApiObject> implements AutoCloseable {
    private final Gate<T> gate = new Gate<>();
    private final ResourceWatch<T> watch;
    private final List<ResourceWatch<?>> open;

    SingleWatch(ResourceKind<T> kind, ResourceWatch.Shared shared, List<ResourceWatch<?>> open) {
        this.watch = new ResourceWatch<>(kind, gate, shared);
        this.open = open;
    }

    /**
     * Reads the first list. Waits for it.
     *
     * @throws IOException where the API is out of reach or refuses; an {@link ApiRefusal} for the latter
     */
    public List<T> list() throws IOException {
        return watch.listBefore();
    }

    /** Watches from the list on. */
    public void open(ObjectStore<T> store) {
        gate.lead(store);
        open.add(watch);
        watch.start();
    }

    /** Ends the watch; once this returns it changes nothing any more. */
    @Override
    public void close() {
        gate.lead(null);
        watch.close();
        open.remove(watch);
    }

    /** Lets events through to a store, or nowhere. */
    private static final class Gate<T extends ApiObject> implements ObjectStore<T> {
        private @Nullable ObjectStore<T> store;

        synchronized void lead(@Nullable ObjectStore<T> to) {
            store = to;
        }

        @Override
        public synchronized void replaceAll(Collection<T> objects) {
            if (store != null) {
                store.replaceAll(objects);
            }
        }

        @Override
        public synchronized void put(T object) {
            if (store != null) {
                store.put(object);
            }
        }

        @Override
        public synchronized void remove(T object) {
            if (store != null) {
                store.remove(object);
            }
        }
    }
}
