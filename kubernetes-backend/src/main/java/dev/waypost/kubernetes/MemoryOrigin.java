package dev.waypost.kubernetes;

import dev.waypost.Metric;
import dev.waypost.kubernetes.manifest.ManifestObjects;
import dev.waypost.kubernetes.manifest.ManifestReader;
import dev.waypost.kubernetes.manifest.ObjectFaults;
import dev.waypost.kubernetes.model.LabelSelector;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Selection;
import dev.waypost.kubernetes.snapshot.ClusterSet;
import dev.waypost.zone.Standing;
import java.util.List;
import java.util.function.Consumer;

/** Objects that the program itself applies. */
final class MemoryOrigin implements ObjectOrigin {
    private final ClusterSet clusters;
    private final Selection selection;
    private ManifestObjects objects = new ManifestObjects();

    MemoryOrigin(ClusterSet clusters, Selection selection) {
        this.clusters = clusters;
        this.selection = selection;
        store(clusters, objects, selection);
    }

    /** Makes a cluster hold exactly those of the objects that count, in one step. */
    static void store(ClusterSet clusters, ManifestObjects objects, Selection selection) {
        LabelSelector chosen = selection.objects();
        clusters.together(() -> {
            clusters.namespaces().replaceAll(objects.namespaces(selection.namespaces()));
            clusters.own().services().replaceAll(objects.of(ResourceKind.SERVICES, chosen));
            clusters.own().slices().replaceAll(objects.of(ResourceKind.ENDPOINT_SLICES, chosen));
            clusters.own().pods().replaceAll(objects.of(ResourceKind.PODS, chosen));
            clusters.imports().ifPresent(imports -> {
                imports.services().replaceAll(objects.of(ResourceKind.SERVICE_IMPORTS, chosen));
                imports.slices().replaceAll(objects.of(ResourceKind.IMPORTED_SLICES, chosen));
            });
        });
    }

    synchronized void apply(String manifest) {
        objects.addAll(ManifestReader.read(manifest, "applied manifest", ObjectFaults.REFUSED));
        store(clusters, objects, selection);
    }

    synchronized void replace(String manifest) {
        objects = ManifestReader.read(manifest, "applied manifest", ObjectFaults.REFUSED);
        store(clusters, objects, selection);
    }

    synchronized void delete(String manifest) {
        objects.removeAll(ManifestReader.read(manifest, "deleted manifest", ObjectFaults.REFUSED));
        store(clusters, objects, selection);
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
