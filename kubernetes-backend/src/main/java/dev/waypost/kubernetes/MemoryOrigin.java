package dev.waypost.kubernetes;

import dev.waypost.Metric;
import dev.waypost.kubernetes.manifest.ManifestObjects;
import dev.waypost.kubernetes.manifest.ManifestReader;
import dev.waypost.kubernetes.manifest.ObjectFaults;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.LabelSelector;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Selection;
import dev.waypost.kubernetes.snapshot.ClusterSet;
import dev.waypost.zone.Standing;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Objects that the program itself applies. */
final class MemoryOrigin implements ObjectOrigin {
    private final ClusterSet clusters;
    private final Selection selection;
    private final boolean attributes;
    private ManifestObjects objects = new ManifestObjects();

    MemoryOrigin(ClusterSet clusters, Selection selection, boolean attributes) {
        this.clusters = clusters;
        this.selection = selection;
        this.attributes = attributes;
        store(clusters, objects, selection, attributes);
    }

    /**
     * Makes a cluster hold exactly those of the objects that count, in one step.
     *
     * @param attributes whether a program may ask for more of endpoints than names are made of
     */
    static void store(ClusterSet clusters, ManifestObjects objects, Selection selection, boolean attributes) {
        LabelSelector chosen = selection.objects();
        clusters.together(() -> {
            clusters.namespaces().replaceAll(objects.namespaces(selection.namespaces()));
            clusters.own().services().replaceAll(objects.of(ResourceKind.SERVICES, chosen));
            Collection<EndpointSlice> slices = objects.of(ResourceKind.ENDPOINT_SLICES, chosen);
            clusters.own()
                    .slices()
                    .replaceAll(
                            attributes
                                    ? slices
                                    : slices.stream()
                                            .map(EndpointSlice::withoutFacts)
                                            .toList());
            clusters.own().pods().replaceAll(objects.of(ResourceKind.PODS, chosen));
            clusters.imports().ifPresent(imports -> {
                imports.services().replaceAll(objects.of(ResourceKind.SERVICE_IMPORTS, chosen));
                imports.slices().replaceAll(objects.of(ResourceKind.IMPORTED_SLICES, chosen));
            });
        });
    }

    synchronized void apply(String manifest) {
        objects.addAll(ManifestReader.read(manifest, "applied manifest", ObjectFaults.REFUSED));
        store(clusters, objects, selection, attributes);
    }

    synchronized void replace(String manifest) {
        objects = ManifestReader.read(manifest, "applied manifest", ObjectFaults.REFUSED);
        store(clusters, objects, selection, attributes);
    }

    synchronized void delete(String manifest) {
        objects.removeAll(ManifestReader.read(manifest, "deleted manifest", ObjectFaults.REFUSED));
        store(clusters, objects, selection, attributes);
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
