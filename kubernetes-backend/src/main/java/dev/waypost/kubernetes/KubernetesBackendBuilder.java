package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.EndpointDetail;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.snapshot.ClusterSet;
import dev.waypost.kubernetes.snapshot.EndpointNaming;
import dev.waypost.kubernetes.watch.ApiAccess;
import dev.waypost.kubernetes.watch.WatchTimings;
import dev.waypost.kubernetes.zone.NameForms;
import dev.waypost.kubernetes.zone.ZoneSettings;
import dev.waypost.zone.FallthroughZones;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;

/** Options of a {@link KubernetesBackend}; for one thread. */
public final class KubernetesBackendBuilder {
    static final String PLACE = "kubernetes backend";

    private static final String IN_CLUSTER = "inCluster()";
    private static final int MOST_TTL_SECONDS = 3600;

    private final boolean watched;
    private final Source source;
    private final ApiOptions api = new ApiOptions();
    private ZoneChoice zones = new ZoneChoice(List.of(ZoneChoice.named("cluster.local")), Set.of());
    private Duration ttl = Duration.ofSeconds(5);
    private PodRecords pods = PodRecords.DISABLED;
    private ObjectChoice objects = ObjectChoice.ALL;
    private FallthroughZones fallthrough = FallthroughZones.NONE;
    private List<IpAddress> serverAddresses = List.of();
    private EndpointNaming naming = EndpointNaming.BY_HOSTNAME;
    private boolean endpoints = true;
    private boolean emptyServicesIgnored;
    private boolean zonal;
    private boolean attributes;
    private boolean podLabels;
    private boolean quirks;

    /** Makes the origin once all options are known. */
    @FunctionalInterface
    private interface Source {
        ObjectOrigin origin(KubernetesBackendBuilder options, ClusterSet clusters);
    }

    /** @param watched whether the origin watches an API, and only what it must; else it has everything at hand */
    private KubernetesBackendBuilder(boolean watched, Source source) {
        this.watched = watched;
        this.source = source;
    }

    static KubernetesBackendBuilder inCluster() {
        return ofAccount(IN_CLUSTER, ApiAccess.inCluster());
    }

    static KubernetesBackendBuilder ofKubeconfig(ApiAccess access) {
        return ofAccount("kubeconfig(...)", access);
    }

    /** An API that comes with the credentials for it. */
    private static KubernetesBackendBuilder ofAccount(String name, ApiAccess access) {
        return new KubernetesBackendBuilder(true, (options, clusters) -> {
            options.api.wantNoCredentials(name);
            return options.apiOrigin(name.equals(IN_CLUSTER) ? name : access.toString(), access, clusters);
        });
    }

    static KubernetesBackendBuilder ofUrl(URI url) {
        return new KubernetesBackendBuilder(true, (options, clusters) -> {
            options.api.wantOneCredential();
            return options.apiOrigin(url.toString(), options.api.url(url), clusters);
        });
    }

    static KubernetesBackendBuilder ofManifests(List<Path> files) {
        return new KubernetesBackendBuilder(false, (options, clusters) -> {
            options.api.wantNone("manifests(...)");
            return new ManifestOrigin(files, clusters, options.objects.selection(), options.attributes);
        });
    }

    static KubernetesBackendBuilder ofMemory() {
        return new KubernetesBackendBuilder(false, (options, clusters) -> {
            options.api.wantNone("inMemory()");
            return new MemoryOrigin(clusters, options.objects.selection(), options.attributes);
        });
    }

    private ObjectOrigin apiOrigin(String name, ApiAccess access, ClusterSet clusters) {
        access.check();
        EndpointDetail detail = new EndpointDetail(naming == EndpointNaming.BY_POD_NAME, zonal, attributes);
        return new ApiOrigin(
                access,
                api,
                clusters,
                new WatchScope(name, objects.selection(), detail, podLabels, objects.namespaces()));
    }

    /**
     * The zones, {@code cluster.local} unless told; all of one data. Names under {@code in-addr.arpa} and {@code
     * ip6.arpa} are reverse zones, and at least one must not be.
     */
    public KubernetesBackendBuilder zones(String... names) {
        return zones(ZoneChoice.named(names));
    }

    /** The zones; the first one that is no reverse zone ends the names that PTR records tell. */
    public KubernetesBackendBuilder zones(List<Name> names) {
        zones = zones.withZones(names);
        return this;
    }

    /**
     * Which of the zones hold services that the cluster imports from its set (ServiceImport) instead of its own; none unless
     * told. Watches imports, for which the account needs {@code list} and {@code watch}.
     */
    public KubernetesBackendBuilder multicluster(String... names) {
        return multicluster(ZoneChoice.named(names));
    }

    /** Which of the zones hold imported services, as {@link #multicluster(String...)}. */
    public KubernetesBackendBuilder multicluster(List<Name> names) {
        zones = zones.withImports(names);
        return this;
    }

    /**
     * Endpoints of headless services have names by their zones, too: {@code <zone>.pin._zone.<svc>.<ns>.svc}, and {@code prefer}
     * for all where there are none. Not with {@link #withoutEndpoints}.
     */
    public KubernetesBackendBuilder zonal() {
        zonal = true;
        return this;
    }

    /** TTL of the records, 0 to 3600 s, 5 s unless told. */
    public KubernetesBackendBuilder ttl(Duration time) {
        if (time.isNegative() || time.toSeconds() > MOST_TTL_SECONDS) {
            throw ConfigurationException.of(PLACE, "'ttl' wants 0..3600 s, found " + time);
        }
        ttl = time;
        return this;
    }

    /** What names of pods answer; {@link PodRecords#DISABLED} unless told. */
    public KubernetesBackendBuilder pods(PodRecords records) {
        pods = records;
        return this;
    }

    /** The only namespaces with names; all unless told. */
    public KubernetesBackendBuilder namespaces(String... names) {
        objects = objects.inNamespaces(names);
        return this;
    }

    /**
     * The only namespaces with names, by their labels; exclusive with {@link #namespaces}.
     *
     * @param selector as {@code kubectl get -l} reads it
     */
    public KubernetesBackendBuilder namespaceLabels(String selector) {
        objects = objects.inLabelledNamespaces(selector);
        return this;
    }

    /**
     * The only Services, EndpointSlices and Pods that count, by their own labels; all unless told. The slices of a
     * service have its labels unless they are made by hand.
     *
     * @param selector as {@code kubectl get -l} reads it
     */
    public KubernetesBackendBuilder labels(String selector) {
        objects = objects.labelled(selector);
        return this;
    }

    /** Where names that are missing here go to the next resolver; nowhere unless told. */
    public KubernetesBackendBuilder fallthrough(FallthroughZones suffixes) {
        fallthrough = suffixes;
        return this;
    }

    /** Does not learn endpoints: headless services and endpoints have no names, and no EndpointSlice is watched. */
    public KubernetesBackendBuilder withoutEndpoints() {
        endpoints = false;
        return this;
    }

    /** A ClusterIP service without a ready endpoint does not exist, so that clients try their next name. */
    public KubernetesBackendBuilder ignoreEmptyServices() {
        emptyServicesIgnored = true;
        return this;
    }

    /** Answers as CoreDNS does also where that is against the RFCs; the module's README lists where. */
    public KubernetesBackendBuilder coreDnsCompatible() {
        quirks = true;
        return this;
    }

    /**
     * Keeps of every endpoint, ready or not, what {@code Question.endpoints} tells: conditions, zone, node, pod and hints. It
     * costs memory for each endpoint, and a change of it moves the zone's serial.
     */
    public KubernetesBackendBuilder endpointAttributes() {
        attributes = true;
        return this;
    }

    /** Keeps the labels of pods that are watched, for {@link KubernetesBackend#labels}. */
    public KubernetesBackendBuilder podLabels() {
        podLabels = true;
        return this;
    }

    /** Endpoints without a hostname are named after their pods. */
    public KubernetesBackendBuilder endpointPodNames() {
        naming = EndpointNaming.BY_POD_NAME;
        return this;
    }

    /** Where this server is asked: what NS and {@code ns.dns} answer. Nothing unless told. */
    public KubernetesBackendBuilder serverAddresses(List<InetAddress> addresses) {
        serverAddresses = addresses.stream()
                .map(address -> IpAddress.of(address.getAddress()))
                .distinct()
                .toList();
        return this;
    }

    /**
     * Proves who we are at an API URL, and who it is there.
     *
     * @param certificate ours, PEM
     * @param key ours, PEM
     */
    public KubernetesBackendBuilder tls(Path certificate, Path key, Path authority) {
        api.tls(certificate, key, authority);
        return this;
    }

    /** The authority, PEM, that signed the certificate at an API URL. */
    public KubernetesBackendBuilder authority(Path file) {
        api.authority(file);
        return this;
    }

    /** The bearer token for an API URL. */
    public KubernetesBackendBuilder token(String text) {
        api.token(text);
        return this;
    }

    /**
     * How long the API may be out of reach before answers tell clients that they are stale (EDE 3), 1 minute unless told.
     * {@link dev.waypost.Response#staleness} says it at once.
     */
    public KubernetesBackendBuilder staleAfter(Duration age) {
        api.staleAfter(age);
        return this;
    }

    /** How many requests the API server gets, in the long run and at once; 0 is no bound, but 5 and 10 beside the other. */
    public KubernetesBackendBuilder requestRate(double perSecond, int burst) {
        api.requestRate(perSecond);
        api.requestBurst(burst);
        return this;
    }

    /** How many requests may wait for the API server's response to begin at one time; 0 for as many as there are. */
    public KubernetesBackendBuilder requestsInFlight(int requests) {
        api.requestsInFlight(requests);
        return this;
    }

    /** Is not ready while the API is out of reach for longer than this; once ready always ready unless told. */
    public KubernetesBackendBuilder unreadyAfter(Duration age) {
        api.unreadyAfter(age);
        return this;
    }

    /**
     * Watches only the services that are asked for, each by itself, instead of everything: for programs that need a few
     * services of a large cluster. A reverse zone holds the addresses of those, and denies every other one until it arrives. Not
     * with {@link PodRecords#VERIFIED}, {@link #namespaceLabels}, imported services or {@link KubernetesBackend#external}, which
     * need to know all of it.
     */
    public KubernetesBackendBuilder onDemand(OnDemand bounds) {
        api.onDemand(bounds);
        return this;
    }

    /**
     * Keeps the last snapshot in a file, and answers from it after a start until the first lists are complete; stale, and
     * no older than told.
     */
    public KubernetesBackendBuilder warmStart(Path file, Duration most) {
        api.warmStart(file, most);
        return this;
    }

    /** The clock of ages; wall-clock time is read for SOA serials only. */
    public KubernetesBackendBuilder ticker(Ticker clock) {
        api.ticker(clock);
        return this;
    }

    KubernetesBackendBuilder timings(WatchTimings waiting) {
        api.timings(waiting);
        return this;
    }

    /**
     * The backend; nothing runs before it is started.
     *
     * @throws ConfigurationException where an option, kubeconfig or manifest cannot be used
     */
    public KubernetesBackend build() {
        zones.check();
        api.checkSnapshot(!zones.imports().isEmpty());
        if (api.onDemand().isPresent()) {
            checkOnDemand();
        }
        if (zonal && !endpoints) {
            throw ConfigurationException.of(PLACE, "wants either 'zonal' or 'noendpoints', found both");
        }
        ZoneSettings settings = new ZoneSettings(
                Math.toIntExact(ttl.toSeconds()),
                objects.namespaces(),
                pods.names(),
                emptyServicesIgnored && (endpoints || quirks), // where no endpoint is known, none is missing
                serverAddresses,
                zones.clusterDomain(),
                new NameForms(quirks, false, zonal));
        ClusterSet clusters = ClusterSet.empty(
                new ClusterSet.Wanted(
                        endpoints, pods == PodRecords.VERIFIED, !zones.imports().isEmpty()),
                watched ? api.extents(objects.namespaces()) : WatchScope.extents(Set.of()),
                naming,
                () -> Instant.now().getEpochSecond());
        return new KubernetesBackend(
                clusters, source.origin(this, clusters), settings, zones.settings(settings), fallthrough);
    }

    private void checkOnDemand() {
        Optional<Name> imported = zones.imports().stream().findFirst();
        String found = imported.isPresent()
                ? "the zone " + imported.get()
                : pods == PodRecords.VERIFIED
                        ? "'pods verified'"
                        : objects.isByNamespaceLabels() ? "'namespace_labels'" : "";
        if (!found.isEmpty()) {
            throw ConfigurationException.of(
                    PLACE, "'on_demand' wants nothing that must know the whole cluster, found " + found);
        }
    }
}
