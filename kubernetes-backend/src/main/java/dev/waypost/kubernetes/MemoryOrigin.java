package dev.waypost.kubernetes;

import dev.waypost.Metric;
import dev.waypost.Staleness;
import dev.waypost.kubernetes.manifest.ManifestObjects;
import dev.waypost.kubernetes.manifest.ManifestReader;
import dev.waypost.kubernetes.snapshot.ClusterState;
import java.util.List;
import java.util.function.Consumer;

/** Objects that the program itself applies. */
final class MemoryOrigin implements ObjectOrigin {
    private final ClusterState state;
    private ManifestObjects objects = new ManifestObjects();

    MemoryOrigin(ClusterState state) {
        this.state = state;
        store(state, objects);
    }

    /** Makes a cluster hold exactly these objects, in one step. */
    static void store(ClusterState state, ManifestObjects objects) {
        state.together(() -> {
            state.namespaces().replaceAll(objects.namespaces());
            state.services().replaceAll(objects.services());
            state.slices().replaceAll(objects.slices());
            state.pods().replaceAll(objects.pods());
        });
    }

    synchronized void apply(String manifest) {
        objects.addAll(ManifestReader.read(manifest, "applied manifest"));
        store(state, objects);
    }

    synchronized void replace(String manifest) {
        objects = ManifestReader.read(manifest, "applied manifest");
        store(state, objects);
    }

    synchronized void delete(String manifest) {
        objects.removeAll(ManifestReader.read(manifest, "deleted manifest"));
        store(state, objects);
    }

    @Override
    public void start() {
        // nothing runs here
    }

    @Override
    public void close() {
        // nothing runs here
    }

    @Override
    public List<WatchReport> watches() {
        return List.of();
    }

    @Override
    public Staleness staleness() {
        return NONE.staleness();
    }

    @Override
    public String trouble() {
        return NONE.trouble();
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        // nothing to measure
    }
}
