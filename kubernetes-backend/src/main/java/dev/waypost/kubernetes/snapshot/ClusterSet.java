package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A cluster, and what the clusters of its set share with it. Each has a snapshot of its own, as their zones do: no look-up
 * reads both.
 *
 * @param own the cluster itself
 * @param imports the services that are imported into it, in its namespaces; empty where none are learned
 */
public record ClusterSet(ClusterState own, Optional<ClusterState> imports) {
    /**
     * What is learned besides namespaces and services.
     *
     * @param endpoints slices, of imported services too
     * @param pods the pods of the cluster itself
     * @param imports what the cluster imports from others
     */
    public record Wanted(boolean endpoints, boolean pods, boolean imports) {
        private List<ResourceKind<?>> own() {
            return kinds(ResourceKind.SERVICES, ResourceKind.ENDPOINT_SLICES, pods);
        }

        private List<ResourceKind<?>> imported() {
            return kinds(ResourceKind.SERVICE_IMPORTS, ResourceKind.IMPORTED_SLICES, false);
        }

        private List<ResourceKind<?>> kinds(ResourceKind<?> services, ResourceKind<?> slices, boolean withPods) {
            List<ResourceKind<?>> kinds = new ArrayList<>(List.of(ResourceKind.NAMESPACES, services));
            if (endpoints) {
                kinds.add(slices);
            }
            if (withPods) {
                kinds.add(ResourceKind.PODS);
            }
            return kinds;
        }
    }

    /**
     * Clusters of which nothing is known yet.
     *
     * @param extents of what is listed
     * @param unixSeconds the wall clock, for SOA serials only
     */
    public static ClusterSet empty(
            Wanted wanted, List<Extent> extents, EndpointNaming naming, LongSupplier unixSeconds) {
        Optional<ClusterState> imports = wanted.imports()
                ? Optional.of(new ClusterState(wanted.imported(), extents, naming, unixSeconds))
                : Optional.empty();
        return new ClusterSet(new ClusterState(wanted.own(), extents, naming, unixSeconds), imports);
    }

    private Stream<ClusterState> states() {
        return Stream.concat(Stream.of(own), imports.stream());
    }

    /** Where Namespaces go: an imported service has a name only where this cluster has its namespace. */
    public ObjectStore<Namespace> namespaces() {
        return imports.<ObjectStore<Namespace>>map(state -> new Both<>(own.namespaces(), state.namespaces()))
                .orElse(own.namespaces());
    }

    /** Does several changes as one step for the look-ups of each state. */
    public void together(Runnable changes) {
        imports.ifPresentOrElse(state -> own.together(() -> state.together(changes)), () -> own.together(changes));
    }

    /** The lists that are waited for. */
    public List<Coverage.Part> awaited() {
        return states().flatMap(state -> state.snapshot().coverage().awaited().stream())
                .distinct()
                .toList();
    }

    private record Both<T extends ApiObject>(ObjectStore<T> one, ObjectStore<T> other) implements ObjectStore<T> {
        @Override
        public void replaceAll(Collection<T> objects) {
            one.replaceAll(objects);
            other.replaceAll(objects);
        }

        @Override
        public void put(T object) {
            one.put(object);
            other.put(object);
        }

        @Override
        public void remove(T object) {
            one.remove(object);
            other.remove(object);
        }
    }
}
