package dev.waypost.kubernetes;

import dev.waypost.Readiness;
import dev.waypost.kubernetes.external.ClusterView;
import dev.waypost.kubernetes.external.ExternalSettings;
import dev.waypost.kubernetes.external.ExternalZone;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.util.List;
import java.util.function.Supplier;
import org.xbill.DNS.Name;

/**
 * A cluster's services as they are reached from outside it: {@code <svc>.<ns>.<zone>} with external addresses, and their
 * PTR records. Safe for any number of threads; it has no life of its own but that of its {@link KubernetesBackend}.
 */
public final class ExternalZones implements ZoneBackend {
    private final Supplier<ClusterView> cluster;
    private final List<RecordSource> zones;
    private final FallthroughZones fallthrough;

    ExternalZones(
            List<Name> origins,
            Supplier<ClusterView> cluster,
            ExternalSettings settings,
            FallthroughZones fallthrough) {
        this.cluster = cluster;
        this.fallthrough = fallthrough;
        this.zones = origins.stream()
                .<RecordSource>map(origin -> ExternalZone.of(origin, cluster, settings))
                .toList();
    }

    @Override
    public String name() {
        return "k8s_external";
    }

    @Override
    public List<RecordSource> zones() {
        return zones;
    }

    @Override
    public FallthroughZones fallthrough() {
        return fallthrough;
    }

    @Override
    public void start() {
        // the cluster's backend learns what is answered here
    }

    /** Ready once the cluster is. */
    @Override
    public Readiness readiness() {
        ClusterView view = cluster.get();
        ClusterSnapshot snapshot = view.state().snapshot();
        String waitingFor = snapshot.waitingFor();
        return waitingFor.isEmpty() ? Readiness.READY : Readiness.waitingFor(waitingFor);
    }

    @Override
    public void close() {
        // nothing runs here
    }
}
