package dev.waypost.kubernetes;

import dev.waypost.Histogram;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.snapshot.NamespaceNode;
import dev.waypost.kubernetes.snapshot.ServiceNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures how long a change of endpoints takes from its cause, as the control plane tells it, to the answer: CoreDNS's
 * DNS programming latency. Changes that come with a list are not counted: they may have waited for us.
 */
final class ProgrammingDelay implements MetricSource {
    private static final double MILLIS = 1000.0;

    private final ClusterState state;
    private final Map<String, Histogram> byKind = new LinkedHashMap<>();

    ProgrammingDelay(ClusterState state) {
        this.state = state;
        for (String kind : new String[] {"cluster_ip", "headless_with_selector", "headless_without_selector"}) {
            byKind.put(kind, Histogram.exponential(0.001, 2, 20));
        }
    }

    /** Stands before a store and measures what goes into it. */
    ObjectStore<EndpointSlice> before(ObjectStore<EndpointSlice> store) {
        return new Measured(store);
    }

    private final class Measured implements ObjectStore<EndpointSlice> {
        private final ObjectStore<EndpointSlice> store;

        Measured(ObjectStore<EndpointSlice> store) {
            this.store = store;
        }

        @Override
        public void replaceAll(Collection<EndpointSlice> slices) {
            store.replaceAll(slices);
        }

        @Override
        public void put(EndpointSlice slice) {
            store.put(slice);
            observe(slice);
        }

        @Override
        public void remove(EndpointSlice slice) {
            store.remove(slice);
            observe(slice);
        }
    }

    private void observe(EndpointSlice slice) {
        NamespaceNode namespace = state.snapshot().namespace(slice.key().namespace());
        ServiceNode node = namespace == null ? null : namespace.service(slice.service());
        Service service = node == null ? null : node.service();
        Histogram histogram = service == null ? null : byKind.get(kind(service));
        if (histogram != null && slice.changedAtMillis() != EndpointSlice.UNTOLD) {
            // The cause has a time of the control plane's wall clock, so this is the one place that reads ours.
            histogram.observe((System.currentTimeMillis() - slice.changedAtMillis()) / MILLIS);
        }
    }

    private static String kind(Service service) {
        return switch (service.form()) {
            case CLUSTER_IP -> "cluster_ip";
            case HEADLESS -> service.selector() ? "headless_with_selector" : "headless_without_selector";
            case EXTERNAL_NAME -> "";
        };
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        byKind.forEach((kind, histogram) -> sink.accept(histogram.distribution(
                "coredns_kubernetes_dns_programming_duration_seconds",
                "Time from the cause of a change of endpoints to its being answered.",
                Map.of("service_kind", kind))));
    }
}
