package dev.waypost.kubernetes;

import dev.waypost.Metric;
import dev.waypost.Staleness;
import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointDetail;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Selection;
import dev.waypost.kubernetes.snapshot.ClusterSet;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.watch.ApiAccess;
import dev.waypost.kubernetes.watch.ClusterWatch;
import dev.waypost.kubernetes.watch.WatchSetting;
import java.util.List;
import java.util.function.Consumer;

/** Objects from the API server, watched. */
final class ApiOrigin implements ObjectOrigin {
    private final ClusterWatch watch;
    private final ProgrammingDelay delay;
    private final Ticker ticker;

    ApiOrigin(ApiAccess access, WatchSetting setting, ClusterSet clusters, Selection selection, EndpointDetail detail) {
        ClusterState own = clusters.own();
        this.watch = new ClusterWatch(access, setting);
        this.delay = new ProgrammingDelay(own);
        this.ticker = setting.ticker();
        watch.add(selected(ResourceKind.NAMESPACES, selection), clusters.namespaces());
        watch.add(selected(ResourceKind.SERVICES, selection), own.services());
        if (own.stores(ResourceKind.ENDPOINT_SLICES)) {
            watch.add(selected(ResourceKind.endpointSlices(detail), selection), delay);
        }
        if (own.stores(ResourceKind.PODS)) {
            watch.add(selected(ResourceKind.PODS, selection), own.pods());
        }
        clusters.imports().ifPresent(imports -> watchImports(imports, selection, detail));
    }

    private void watchImports(ClusterState imports, Selection selection, EndpointDetail detail) {
        watch.add(selected(ResourceKind.SERVICE_IMPORTS, selection), imports.services());
        if (imports.stores(ResourceKind.IMPORTED_SLICES)) {
            watch.add(selected(ResourceKind.importedSlices(detail), selection), imports.slices());
        }
    }

    private static <T extends ApiObject> ResourceKind<T> selected(ResourceKind<T> kind, Selection selection) {
        return kind.labelled(selection.of(kind));
    }

    @Override
    public void start() {
        watch.start();
    }

    @Override
    public void close() {
        watch.close();
    }

    @Override
    public List<WatchReport> watches() {
        long now = ticker.nanoTime();
        return watch.statuses().stream()
                .map(status -> WatchReport.of(status, now))
                .toList();
    }

    @Override
    public Staleness staleness() {
        return watch.staleness();
    }

    @Override
    public String trouble() {
        return watch.trouble();
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        WatchMetrics.collect(watches(), sink);
        watch.meter().collect(sink);
        delay.collect(sink);
    }
}
