package dev.waypost.kubernetes;

import dev.waypost.Metric;
import dev.waypost.Readiness;
import dev.waypost.Ticker;
import dev.waypost.kubernetes.demand.Branch;
import dev.waypost.kubernetes.demand.DemandWatch;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointDetail;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterSet;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.snapshot.Coverage;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.watch.ApiAccess;
import dev.waypost.kubernetes.watch.ClusterWatch;
import dev.waypost.kubernetes.watch.LimitedAccess;
import dev.waypost.kubernetes.watch.Outages;
import dev.waypost.kubernetes.watch.WatchSetting;
import dev.waypost.kubernetes.watch.WatchStatus;
import dev.waypost.zone.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Objects from the API server, watched. */
final class ApiOrigin implements ObjectOrigin {
    private final Outages outages;
    private final LimitedAccess access;
    private final ClusterWatch watch;
    private final ProgrammingDelay delay;
    private final Ticker ticker;
    private final ClusterSet clusters;
    private final WatchScope scope;
    private final Optional<DemandWatch> demand;
    private final Optional<WarmStart> warm;
    private final Optional<Duration> unreadyAfter;

    ApiOrigin(ApiAccess access, ApiOptions options, ClusterSet clusters, WatchScope scope) {
        WatchSetting setting = options.setting();
        this.outages = new Outages(setting.ticker(), options.staleAfter());
        this.access = options.limited(access);
        this.watch = new ClusterWatch(this.access, setting, outages);
        this.delay = new ProgrammingDelay(clusters.own());
        this.ticker = setting.ticker();
        this.unreadyAfter = options.unreadyAfter();
        this.clusters = clusters;
        this.scope = scope;
        this.warm = options.snapshotFile(scope.description(clusters.own().kinds()))
                .map(file -> new WarmStart(file, clusters.own(), outages, ticker));
        this.demand = options.onDemand().map(this::onDemand);
        if (demand.isEmpty()) {
            watchNamespaces();
            WatchScope.extents(scope.namespaces()).forEach(this::watchAll);
        }
    }

    private DemandWatch onDemand(OnDemand bounds) {
        ClusterState own = clusters.own();
        Branch<Service> services = new Branch<>(
                extent -> narrowed(selected(ResourceKind.SERVICES, extent), extent, ResourceKind::named),
                own::services);
        ResourceKind<EndpointSlice> kind = ResourceKind.endpointSlices(scope.detail());
        Branch<EndpointSlice> slices = new Branch<>(
                extent -> narrowed(selected(kind, extent), extent, ResourceKind::ofService),
                extent -> delay.before(own.slices(extent)));
        return new DemandWatch(watch, new DemandWatch.Target(own, services, slices), bounds.bounds(), ticker);
    }

    private static <T extends ApiObject> ResourceKind<T> narrowed(
            ResourceKind<T> kind, Extent extent, BiFunction<ResourceKind<T>, String, ResourceKind<T>> way) {
        return extent.service().isEmpty() ? kind : way.apply(kind, extent.service());
    }

    private void watchNamespaces() {
        if (scope.namespaces().isEmpty()) {
            watch.add(selected(ResourceKind.NAMESPACES), clusters.namespaces());
        } else {
            // They are named, so they need not be asked for: an account with rights in them alone is enough.
            clusters.namespaces()
                    .replaceAll(
                            scope.namespaces().stream().map(Namespace::implied).toList());
        }
    }

    private void watchAll(Extent extent) {
        EndpointDetail detail = scope.detail();
        ClusterState own = clusters.own();
        watch.add(selected(ResourceKind.SERVICES, extent), own.services(extent));
        if (own.stores(ResourceKind.ENDPOINT_SLICES)) {
            watch.add(selected(ResourceKind.endpointSlices(detail), extent), delay.before(own.slices(extent)));
        }
        if (own.stores(ResourceKind.PODS)) {
            watch.add(selected(ResourceKind.pods(scope.podLabels()), extent), own.pods(extent));
        }
        clusters.imports().ifPresent(imports -> watchImports(imports, detail, extent));
    }

    private void watchImports(ClusterState imports, EndpointDetail detail, Extent extent) {
        watch.add(selected(ResourceKind.SERVICE_IMPORTS, extent), imports.services(extent));
        if (imports.stores(ResourceKind.IMPORTED_SLICES)) {
            watch.add(selected(ResourceKind.importedSlices(detail), extent), imports.slices(extent));
        }
    }

    private <T extends ApiObject> ResourceKind<T> selected(ResourceKind<T> kind, Extent extent) {
        return selected(extent.equals(Extent.ALL) ? kind : kind.within(extent.namespace()));
    }

    private <T extends ApiObject> ResourceKind<T> selected(ResourceKind<T> kind) {
        return kind.labelled(scope.selection().of(kind));
    }

    @Override
    public void start() {
        warm.ifPresent(last -> last.start(() -> watch.statuses().stream().allMatch(WatchStatus::synced)));
        watch.start();
        demand.ifPresent(DemandWatch::start);
    }

    @Override
    public void close() {
        demand.ifPresent(DemandWatch::close);
        warm.ifPresent(WarmStart::close);
        watch.close();
    }

    @Override
    public List<String> ownHosts() {
        return access.hosts();
    }

    @Override
    public List<WatchReport> watches() {
        long now = ticker.nanoTime();
        return watch.statuses().stream()
                .map(status -> WatchReport.of(status, now))
                .toList();
    }

    @Override
    public Standing standing(String namespace) {
        return outages.standing(namespace);
    }

    /** Not ready for want of a list, but for those that RBAC refuses: one namespace must not stand in the way of others. */
    @Override
    public Readiness readiness() {
        List<Coverage.Part> awaited = clusters.awaited();
        List<WatchStatus> statuses = watch.statuses();
        boolean anyHeard = statuses.stream().anyMatch(WatchStatus::synced);
        boolean waits = awaited.stream().anyMatch(part -> !anyHeard || !isRefused(part, statuses));
        String trouble = trouble();
        if (waits) {
            String refusal = warm.map(WarmStart::refusal).orElse("");
            return Readiness.waitingFor(Coverage.waitingFor(awaited)
                    + (trouble.isEmpty() ? "" : ": " + trouble)
                    + (refusal.isEmpty() ? "" : "; the snapshot is not used: " + refusal));
        }
        if (trouble.isEmpty() && warm.filter(WarmStart::isBridging).isPresent()) {
            return Readiness.waitingFor("the first lists, with an old snapshot at hand where they fail");
        }
        Duration age = outages.standing("").staleness().age(ticker.nanoTime());
        return unreadyAfter.filter(most -> age.compareTo(most) > 0).isEmpty()
                ? Readiness.READY
                : Readiness.waitingFor("the API is out of reach for " + age.toSeconds() + " s: " + trouble());
    }

    /** In the whole cluster a refused kind is missed everywhere; in one of several namespaces it is missed there. */
    private static boolean isRefused(Coverage.Part part, List<WatchStatus> statuses) {
        return !part.extent().equals(Extent.ALL)
                && statuses.stream()
                        .anyMatch(status -> status.forbidden()
                                && status.resource().equals(part.kind().resource())
                                && status.namespace().equals(part.extent().namespace()));
    }

    @Override
    public boolean knowsAll() {
        return demand.isEmpty();
    }

    @Override
    public String trouble() {
        String trouble = watch.trouble();
        return trouble.isEmpty() ? demand.map(DemandWatch::trouble).orElse("") : trouble;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        WatchMetrics.collect(watches(), sink);
        watch.meter().collect(sink);
        access.collect(sink);
        delay.collect(sink);
        demand.ifPresent(source -> source.collect(sink));
    }
}
