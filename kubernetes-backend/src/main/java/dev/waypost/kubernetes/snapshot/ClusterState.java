package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Service;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one snapshot that all zones of a cluster answer from, and the stores through which it changes.
 *
 * <p>Readers never wait. Writers are one at a time: each step publishes the next snapshot first and then breaks the
 * witnesses of what it replaced, so an answer whose witness holds was true at that moment.
 */
public final class ClusterState {
    private final List<ResourceKind<?>> kinds;
    private final EndpointNaming naming;
    private final LongSupplier unixSeconds;
    private final Store<Namespace> namespaces =
            new Store<>(ResourceKind.NAMESPACES, (edit, old, now) -> edit.namespace(old, now));
    private final Store<Service> services;
    private final Store<EndpointSlice> slices;
    private final Store<Pod> pods = new Store<>(ResourceKind.PODS, (edit, old, now) -> edit.pod(old, now));
    /** The step under way in {@link #together}; guarded by this. */
    private @Nullable SnapshotEdit step;

    private volatile ClusterSnapshot snapshot;

    /**
     * An empty cluster. Its services are imported ones where {@link ResourceKind#SERVICE_IMPORTS} are among the kinds.
     *
     * @param kinds the kinds that are stored, others are not; their first lists must be complete before a missing name
     *     is denied
     * @param extents of what is listed; each object belongs to one of them
     * @param unixSeconds the wall clock, for SOA serials only
     */
    public ClusterState(
            List<ResourceKind<?>> kinds, List<Extent> extents, EndpointNaming naming, LongSupplier unixSeconds) {
        boolean imports = kinds.contains(ResourceKind.SERVICE_IMPORTS);
        this.services = new Store<>(
                imports ? ResourceKind.SERVICE_IMPORTS : ResourceKind.SERVICES,
                (edit, old, now) -> edit.service(old, now));
        this.slices = new Store<>(
                imports ? ResourceKind.IMPORTED_SLICES : ResourceKind.ENDPOINT_SLICES,
                (edit, old, now) -> edit.slice(old, now));
        this.kinds = List.copyOf(kinds);
        this.naming = naming;
        this.unixSeconds = unixSeconds;
        this.snapshot = ClusterSnapshot.empty(ListedCoverage.awaiting(this.kinds, extents));
    }

    /** The cluster as it is known now. */
    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    /** Where Namespaces go. */
    public ObjectStore<Namespace> namespaces() {
        return namespaces;
    }

    /** Where Services go. */
    public ObjectStore<Service> services() {
        return services;
    }

    /** Where EndpointSlices go. */
    public ObjectStore<EndpointSlice> slices() {
        return slices;
    }

    /** Where Pods go. */
    public ObjectStore<Pod> pods() {
        return pods;
    }

    /** Where Services of a part of the cluster go: a list of it says nothing about the rest. */
    public ObjectStore<Service> services(Extent extent) {
        return services.within(extent);
    }

    /** Where EndpointSlices of a part of the cluster go. */
    public ObjectStore<EndpointSlice> slices(Extent extent) {
        return slices.within(extent);
    }

    /** Where Pods of a part of the cluster go. */
    public ObjectStore<Pod> pods(Extent extent) {
        return pods.within(extent);
    }

    /** All objects as they are at one moment. */
    public ClusterObjects objects() {
        ClusterSnapshot now;
        List<Pod> kept;
        synchronized (this) {
            now = snapshot;
            kept = List.copyOf(pods.current.values());
        }
        return now.objects(kept);
    }

    /** The kinds whose objects are kept. */
    public List<ResourceKind<?>> kinds() {
        return kinds;
    }

    /** Whether objects of a kind are kept; the others are forgotten as they come. */
    public boolean stores(ResourceKind<?> kind) {
        return kinds.contains(kind);
    }

    /** Does several changes as one step: no look-up sees one without the others. */
    public synchronized void together(Runnable changes) {
        SnapshotEdit edit = new SnapshotEdit(snapshot, naming);
        step = edit;
        try {
            changes.run();
            publish(edit);
        } finally {
            step = null;
        }
    }

    /** Knows other parts of the cluster from now on, or from the end of the step under way. */
    public void cover(Coverage coverage) {
        edit(edit -> edit.cover(coverage));
    }

    /** Ends what was said of services, though nothing has changed: who still wants them asks again. */
    public void renew(Extent extent) {
        edit(edit -> edit.renew(extent));
    }

    private synchronized void edit(Consumer<SnapshotEdit> change) {
        SnapshotEdit underWay = step;
        if (underWay != null) {
            change.accept(underWay);
            return;
        }
        SnapshotEdit edit = new SnapshotEdit(snapshot, naming);
        change.accept(edit);
        publish(edit);
    }

    private void publish(SnapshotEdit edit) {
        snapshot = edit.next(unixSeconds.getAsLong());
        edit.breakOutdated();
    }

    @FunctionalInterface
    private interface Change<T> {
        void apply(SnapshotEdit edit, @Nullable T old, @Nullable T now);
    }

    private final class Store<T extends ApiObject> implements ObjectStore<T> {
        private final ResourceKind<T> kind;
        private final Change<T> change;
        private final Map<ObjectKey, T> current = new HashMap<>();

        Store(ResourceKind<T> kind, Change<T> change) {
            this.kind = kind;
            this.change = change;
        }

        ObjectStore<T> within(Extent extent) {
            return new Within<>(this, extent);
        }

        @Override
        public void replaceAll(Collection<T> objects) {
            replace(Extent.ALL, objects);
        }

        private void replace(Extent extent, Collection<T> objects) {
            if (!stores(kind)) {
                return;
            }
            edit(edit -> {
                Set<ObjectKey> listed = new HashSet<>(objects.size() * 2);
                for (T object : objects) {
                    take(edit, current.get(object.key()), object);
                    listed.add(object.key());
                }
                current.values().removeIf(object -> {
                    boolean gone = extent.holds(object) && !listed.contains(object.key());
                    if (gone) {
                        change.apply(edit, object, null);
                    }
                    return gone;
                });
                edit.listed(kind, extent);
            });
        }

        @Override
        public void put(T object) {
            if (stores(kind)) {
                edit(edit -> take(edit, current.get(object.key()), object));
            }
        }

        private void take(SnapshotEdit edit, @Nullable T old, T object) {
            // The state that is known already stays as it is, so a relist keeps the objects it confirms.
            boolean known = old != null && old.identity().isSameState(object.identity());
            if (!object.comesNewly() && !isLaterStateOf(old, object)) {
                drop(edit, old);
                return;
            }
            if (!known) {
                current.put(object.key(), object);
                change.apply(edit, old, object);
            }
        }

        private boolean isLaterStateOf(@Nullable T old, T object) {
            return old != null && old.identity().isSameObject(object.identity());
        }

        /** Lets the object go whose name one has taken that is not stored. */
        private void drop(SnapshotEdit edit, @Nullable T old) {
            if (old != null) {
                current.remove(old.key());
                change.apply(edit, old, null);
            }
        }

        @Override
        public void remove(T object) {
            edit(edit -> {
                T old = current.get(object.key());
                if (isLaterStateOf(old, object)) {
                    drop(edit, old);
                }
            });
        }
    }

    /** The objects of one kind in a part of the cluster. */
    private record Within<T extends ApiObject>(ClusterState.Store<T> whole, Extent extent) implements ObjectStore<T> {
        @Override
        public void replaceAll(Collection<T> objects) {
            whole.replace(extent, objects);
        }

        @Override
        public void put(T object) {
            whole.put(object);
        }

        @Override
        public void remove(T object) {
            whole.remove(object);
        }
    }
}
