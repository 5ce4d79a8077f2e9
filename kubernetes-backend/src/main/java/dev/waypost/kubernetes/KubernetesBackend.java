package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.MetadataSource;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Readiness;
import dev.waypost.kubernetes.autopath.ClusterPods;
import dev.waypost.kubernetes.external.ClusterView;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.snapshot.ClusterSet;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.watch.ApiAccess;
import dev.waypost.kubernetes.zone.KubernetesZone;
import dev.waypost.kubernetes.zone.NameForms;
import dev.waypost.kubernetes.zone.QueryLabels;
import dev.waypost.kubernetes.zone.ZoneSettings;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.xbill.DNS.Name;

/**
 * A Kubernetes cluster as DNS zones (Kubernetes DNS specification 1.1.0).
 *
 * <p>Its zones answer from one snapshot in memory and are safe for any number of threads. Building one opens nothing but
 * the files it is given; {@link #start} and {@link #close} belong to the engine. Several backends in one process share
 * nothing.
 */
public final class KubernetesBackend implements ZoneBackend, MetricSource {
    private final ClusterSet clusters;
    private final ClusterState state;
    private final ObjectOrigin origin;
    private final List<RecordSource> zones;
    private final ZoneSettings settings;
    private final FallthroughZones fallthrough;
    private final boolean namesOwnServices;
    private final QueryLabels labels;

    /**
     * A backend.
     *
     * @param settings of the cluster itself
     * @param zones each with its own settings, which say where its services come from
     */
    KubernetesBackend(
            ClusterSet clusters,
            ObjectOrigin origin,
            ZoneSettings settings,
            Map<Name, ZoneSettings> zones,
            FallthroughZones fallthrough) {
        this.clusters = clusters;
        this.state = clusters.own();
        this.origin = origin;
        this.settings = settings;
        this.fallthrough = fallthrough;
        this.namesOwnServices =
                zones.values().stream().anyMatch(each -> !each.forms().imports());
        Map<Name, NameForms> forms = new LinkedHashMap<>();
        zones.forEach((zone, each) -> forms.put(zone, each.forms()));
        this.labels = new QueryLabels(forms, state);
        this.zones = zones.entrySet().stream()
                .<RecordSource>map(zone -> zone(zone.getKey(), zone.getValue()))
                .toList();
    }

    private KubernetesZone zone(Name zone, ZoneSettings zoneSettings) {
        ClusterState shown = zoneSettings.forms().imports() ? clusters.imports().orElseThrow() : state;
        return KubernetesZone.of(zone, shown, zoneSettings, origin);
    }

    /** The cluster whose pod this JVM runs in, with the pod's service account. */
    public static KubernetesBackendBuilder inCluster() {
        return KubernetesBackendBuilder.inCluster();
    }

    /** The cluster of a kubeconfig's current context. */
    public static KubernetesBackendBuilder kubeconfig(Path file) {
        return KubernetesBackendBuilder.ofKubeconfig(ApiAccess.kubeconfig(file, Optional.empty()));
    }

    /** The cluster of one context of a kubeconfig. */
    public static KubernetesBackendBuilder kubeconfig(Path file, String context) {
        return KubernetesBackendBuilder.ofKubeconfig(ApiAccess.kubeconfig(file, Optional.of(context)));
    }

    /** The cluster at a URL; see {@link KubernetesBackendBuilder#tls} and {@link KubernetesBackendBuilder#token}. */
    public static KubernetesBackendBuilder api(URI url) {
        return KubernetesBackendBuilder.ofUrl(url);
    }

    /**
     * A cluster made of manifest files, YAML or JSON; of two objects with one name the later one counts. Objects that cannot be
     * used are passed over, see {@link #skipped}; a file that is no manifest is refused.
     */
    public static KubernetesBackendBuilder manifests(Path... files) {
        return KubernetesBackendBuilder.ofManifests(List.copyOf(Arrays.asList(files)));
    }

    /** An empty cluster in memory, changed with {@link #apply}, {@link #replace} and {@link #delete}. */
    public static KubernetesBackendBuilder inMemory() {
        return KubernetesBackendBuilder.ofMemory();
    }

    @Override
    public String name() {
        return "kubernetes";
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
        origin.start();
    }

    /**
     * Ready once every first list is complete, and from then on: the last known cluster goes on being answered, unless
     * {@link KubernetesBackendBuilder#unreadyAfter} says for how long.
     */
    @Override
    public Readiness readiness() {
        return origin.readiness();
    }

    /** The API server's host. */
    @Override
    public List<String> ownHosts() {
        return origin.ownHosts();
    }

    @Override
    public void close() {
        origin.close();
    }

    /**
     * Zones that show this cluster's services as they are reached from outside it: CoreDNS's {@code k8s_external}.
     *
     * <p>They live on this backend, which must take part in the engine as well or be started by the caller.
     *
     * @param zones at least one for services; names under {@code in-addr.arpa} and {@code ip6.arpa} are reverse zones
     */
    public ExternalZonesBuilder external(String... zones) {
        if (!origin.knowsAll()) {
            throw ConfigurationException.of(
                    KubernetesBackendBuilder.PLACE, "'k8s_external' wants the whole cluster, found 'on_demand'");
        }
        return new ExternalZonesBuilder(ZoneChoice.named(zones), this::view);
    }

    ClusterView view() {
        return new ClusterView(state, settings, origin);
    }

    /**
     * Tells a server block's {@code autopath} where the pods are. An address that pods of several namespaces have, their
     * host's, tells no namespace: a wrong search list would find the wrong services, and without one the client searches by
     * itself.
     */
    void bringPods(ClusterPods pods) {
        if (!state.stores(ResourceKind.PODS)) {
            pods.addNone();
            return;
        }
        List<Name> services = zones.stream()
                .map(RecordSource::origin)
                .filter(zone -> !KubernetesZone.isReverse(zone))
                .toList();
        pods.add(services, address -> {
            List<String> namespaces = state.snapshot().podsAt(address).pods().stream()
                    .map(ObjectKey::namespace)
                    .distinct()
                    .toList();
            return namespaces.size() == 1 ? Optional.of(namespaces.get(0)) : Optional.empty();
        });
    }

    /**
     * Labels about queries, {@code kubernetes/...}: what a name in these zones means, and with {@link PodRecords#VERIFIED} whose
     * pod asks.
     */
    public MetadataSource labels() {
        return labels;
    }

    /** How each watch stands; empty for manifests and for a cluster in memory. */
    public List<WatchReport> watches() {
        return origin.watches();
    }

    /**
     * What could not be used of the manifest files, by resource; empty while all could. For a cluster behind an API, {@link
     * #watches} tell.
     */
    public List<SkippedObjects> skipped() {
        return origin instanceof ManifestOrigin files ? files.skipped() : List.of();
    }

    /** The names of all services in the cluster's own zone, in order; none where all zones are of imported services. */
    public List<Name> serviceNames() {
        if (!namesOwnServices) {
            return List.of();
        }
        return state.snapshot().services(settings::exposes).stream()
                .map(listed -> listed.service().key())
                .map(key -> ZoneChoice.named(key.name() + "." + key.namespace() + ".svc." + settings.clusterDomain()))
                .sorted()
                .toList();
    }

    /**
     * Looks whether the manifest files have changed, and reads them again where they have. The host calls it, as often
     * as it likes: nothing here watches files.
     */
    public ManifestPoll poll() {
        return origin instanceof ManifestOrigin files ? files.poll() : new ManifestPoll.Unchanged();
    }

    /**
     * Adds and changes objects of a cluster in memory, in one step; the next answer comes from them.
     *
     * @param manifest YAML or JSON, as {@code kubectl apply -f} reads it
     * @throws dev.waypost.ConfigurationException where the manifest cannot be used; nothing has changed then
     * @throws IllegalStateException where this is no cluster in memory
     */
    public void apply(String manifest) {
        memory().apply(manifest);
    }

    /** Makes a cluster in memory hold exactly the objects of a manifest, in one step; throws as {@link #apply}. */
    public void replace(String manifest) {
        memory().replace(manifest);
    }

    /** Takes the objects that a manifest names out of a cluster in memory, in one step; throws as {@link #apply}. */
    public void delete(String manifest) {
        memory().delete(manifest);
    }

    private MemoryOrigin memory() {
        if (origin instanceof MemoryOrigin memory) {
            return memory;
        }
        throw new IllegalStateException(
                "only a cluster in memory is changed by the program; this one is watched or read");
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        origin.collect(sink);
    }
}
