package dev.waypost.kubernetes;

import dev.waypost.Metric;
import dev.waypost.kubernetes.manifest.ManifestObjects;
import dev.waypost.kubernetes.manifest.ManifestReader;
import dev.waypost.kubernetes.model.Selection;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.zone.Standing;
import java.util.List;
import java.util.function.Consumer;

/** Objects that the program itself applies. */
final class MemoryOrigin implements ObjectOrigin {
    private final ClusterState state;
    private final Selection selection;
    private ManifestObjects objects = new ManifestObjects();

    MemoryOrigin(ClusterState state, Selection selection) {
        this.state = state;
        this.selection = selection;
        store(state, objects, selection);
    }

    /** Makes a cluster hold exactly those of the objects that count, in one step. */
    static void store(ClusterState state, ManifestObjects objects, Selection selection) {
        state.together(() -> {
            state.namespaces().replaceAll(objects.namespaces(selection.namespaces()));
            state.services().replaceAll(objects.services(selection.objects()));
            state.slices().replaceAll(objects.slices(selection.objects()));
            state.pods().replaceAll(objects.pods(selection.objects()));
        });
    }

    synchronized void apply(String manifest) {
        objects.addAll(ManifestReader.read(manifest, "applied manifest"));
        store(state, objects, selection);
    }

    synchronized void replace(String manifest) {
        objects = ManifestReader.read(manifest, "applied manifest");
        store(state, objects, selection);
    }

    synchronized void delete(String manifest) {
        objects.removeAll(ManifestReader.read(manifest, "deleted manifest"));
        store(state, objects, selection);
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
    public Standing standing(String namespace) {
        return NONE.standing(namespace);
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
