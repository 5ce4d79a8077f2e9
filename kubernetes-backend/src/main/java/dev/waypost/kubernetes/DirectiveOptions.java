package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.kubernetes.watch.ApiAccess;
import dev.waypost.zone.FallthroughZones;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;

/** The options in the braces of a {@code kubernetes} directive; each is used or refused, none passed over. */
final class DirectiveOptions {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");
    private static final int MOST_TTL_SECONDS = 3600;
    /** What CoreDNS waits for the first lists before it serves anyway. */
    private static final Duration SNAPSHOT_AGE = Duration.ofHours(24);

    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(5);

    private static final Pattern REQUESTS_PER_SECOND = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");
    private static final int MOST_REQUESTS = 1_000_000;

    private static final Set<String> SOURCES = Set.of("endpoint", "kubeconfig", "manifests");

    private final Statement directive;
    private final BlockContext block;
    private final List<Consumer<KubernetesBackendBuilder>> settings = new ArrayList<>();
    private Optional<URI> endpoint = Optional.empty();
    private Optional<ApiAccess> kubeconfig = Optional.empty();
    private List<Path> manifests = List.of();
    private Duration startupTimeout = STARTUP_TIMEOUT;
    private double requestsPerSecond;
    private int requestBurst;

    DirectiveOptions(Statement directive, BlockContext block) {
        this.directive = directive;
        this.block = block;
        directive.block().forEach(this::read);
    }

    boolean readsManifests() {
        return !manifests.isEmpty();
    }

    Duration startupTimeout() {
        return startupTimeout;
    }

    KubernetesBackendBuilder builder() {
        checkSource();
        KubernetesBackendBuilder builder = readsManifests()
                ? KubernetesBackend.manifests(manifests.toArray(new Path[0]))
                : kubeconfig
                        .map(KubernetesBackendBuilder::ofKubeconfig)
                        .or(() -> endpoint.map(KubernetesBackend::api))
                        .orElseGet(KubernetesBackend::inCluster);
        settings.forEach(setting -> setting.accept(builder));
        return builder.requestRate(requestsPerSecond, requestBurst);
    }

    /** CoreDNS lets one of two sources win in silence; here each that is given is used or refused. */
    private void checkSource() {
        List<Token> sources = directive.block().stream()
                .map(Statement::keyword)
                .filter(keyword -> SOURCES.contains(keyword.text()))
                .toList();
        if (sources.size() > 1) {
            throw sources.get(1)
                    .fault("'kubernetes' wants one of 'endpoint', 'kubeconfig' and 'manifests', found '"
                            + sources.get(1) + "' beside '" + sources.get(0) + "'");
        }
        if (endpoint.isEmpty()) {
            Optional<Token> tls = directive.block().stream()
                    .map(Statement::keyword)
                    .filter(keyword -> keyword.text().equals("tls"))
                    .findFirst();
            if (tls.isPresent()) {
                String found = sources.isEmpty() ? "none" : "'" + sources.get(0) + "'";
                throw tls.get().fault("'tls' wants an 'endpoint' beside it, found " + found);
            }
        }
    }

    private void read(Statement option) {
        option.wantNoBlock();
        switch (option.name()) {
            case "endpoint" -> endpoint(option);
            case "kubeconfig" -> kubeconfig(option);
            case "tls" -> tls(option);
            case "manifests" -> manifests(option);
            case "namespaces" -> namespaces(option);
            case "compatibility" -> compatibility(option);
            case "labels" -> selector(option, KubernetesBackendBuilder::labels);
            case "namespace_labels" -> selector(option, KubernetesBackendBuilder::namespaceLabels);
            case "pods" -> pods(option);
            case "ttl" -> ttl(option);
            case "fallthrough" -> fallthrough(option);
            case "ignore" -> ignore(option);
            case "startup_timeout" ->
                startupTimeout = option.onlyArgument("a duration").duration(option.name());
            case "snapshot" -> snapshot(option);
            case "stale_after" -> age(option, KubernetesBackendBuilder::staleAfter);
            case "unready_after" -> age(option, KubernetesBackendBuilder::unreadyAfter);
            case "on_demand" -> onDemand(option);
            case "multicluster" -> multicluster(option);
            case "zonal" -> flag(option, KubernetesBackendBuilder::zonal);
            case "noendpoints" -> flag(option, KubernetesBackendBuilder::withoutEndpoints);
            case "endpoint_pod_names" -> flag(option, KubernetesBackendBuilder::endpointPodNames);
            case "apiserver_qps" -> requestsPerSecond = requestsPerSecond(option.onlyArgument("requests a second"));
            case "apiserver_burst" -> requestBurst = requests(option);
            case "apiserver_max_inflight" -> {
                int most = requests(option);
                settings.add(builder -> builder.requestsInFlight(most));
            }
            default -> throw option.unknownIn(directive);
        }
    }

    private static int requests(Statement option) {
        return option.onlyArgument("requests").number(option.name(), 0, MOST_REQUESTS);
    }

    private static double requestsPerSecond(Token given) {
        if (!REQUESTS_PER_SECOND.matcher(given.text()).matches()) {
            throw given.unexpected("apiserver_qps", "requests a second as 5 or 0.5, below " + MOST_REQUESTS);
        }
        return Double.parseDouble(given.text());
    }

    private void flag(Statement option, Consumer<KubernetesBackendBuilder> setting) {
        option.wantNoArguments();
        settings.add(setting);
    }

    private void endpoint(Statement option) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'endpoint' wants a URL, found nothing");
        }
        Token url = option.arguments().get(0);
        if (option.arguments().size() > 1) {
            LOG.log(
                    Level.WARNING,
                    () -> option.keyword().place()
                            + ": of several URLs 'endpoint' uses the first one, as CoreDNS does: " + url);
        }
        endpoint = Optional.of(url(url));
    }

    private static URI url(Token token) {
        String text = token.text().contains("://") ? token.text() : "http://" + token.text();
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException noUrl) {
            // said below
        }
        throw token.unexpected("endpoint", "an http or https URL");
    }

    private void kubeconfig(Statement option) {
        List<Token> given = option.arguments();
        if (given.isEmpty() || given.size() > 2) {
            throw option.keyword().fault("'kubeconfig' wants FILE [CONTEXT], found " + given.size() + " arguments");
        }
        Optional<String> context = given.size() == 2 ? Optional.of(given.get(1).text()) : Optional.empty();
        kubeconfig = Optional.of(ApiAccess.kubeconfig(block.path(given.get(0)), context));
    }

    private void tls(Statement option) {
        List<Token> given = option.arguments();
        if (given.size() != 3) {
            throw option.keyword().fault("'tls' wants CERT KEY CA, found " + given.size() + " arguments");
        }
        List<Path> files = given.stream().map(block::path).toList();
        settings.add(builder -> builder.tls(files.get(0), files.get(1), files.get(2)));
    }

    private void manifests(Statement option) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'manifests' wants files, found none");
        }
        manifests = option.arguments().stream().map(block::path).toList();
    }

    private void namespaces(Statement option) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'namespaces' wants names, found none");
        }
        String[] names = option.arguments().stream().map(Token::text).toArray(String[]::new);
        settings.add(builder -> builder.namespaces(names));
    }

    private void selector(Statement option, BiConsumer<KubernetesBackendBuilder, String> setting) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'" + option.name() + "' wants a label selector, found nothing");
        }
        String text = SelectorArguments.checked(option);
        settings.add(builder -> setting.accept(builder, text));
    }

    private void compatibility(Statement option) {
        Token what = option.onlyArgument("coredns");
        if (!what.text().equals("coredns")) {
            throw what.unexpected("compatibility", "coredns");
        }
        settings.add(KubernetesBackendBuilder::coreDnsCompatible);
    }

    private void pods(Statement option) {
        Token mode = option.onlyArgument("disabled, insecure or verified");
        switch (mode.text()) {
            case "disabled" -> settings.add(builder -> builder.pods(PodRecords.DISABLED));
            case "insecure" -> settings.add(builder -> builder.pods(PodRecords.INSECURE));
            case "verified" -> settings.add(builder -> builder.pods(PodRecords.VERIFIED));
            default -> throw mode.unexpected("pods", "disabled, insecure or verified");
        }
    }

    private void multicluster(Statement option) {
        List<Name> zones = block.zonesOf(option.arguments()); // the block's where it names none
        settings.add(builder -> builder.multicluster(zones));
    }

    private void ttl(Statement option) {
        int seconds = option.onlyArgument("seconds").number("ttl", 0, MOST_TTL_SECONDS);
        settings.add(builder -> builder.ttl(Duration.ofSeconds(seconds)));
    }

    private void onDemand(Statement option) {
        if (block.directives().contains("k8s_external")) {
            throw option.keyword().fault("'on_demand' does not go with 'k8s_external', which wants the whole cluster");
        }
        List<Token> given = option.arguments();
        if (given.size() > 3) {
            throw option.keyword()
                    .fault("'on_demand' wants [WATCHES [IDLE [ABSENCE]]], found " + given.size() + " arguments");
        }
        OnDemand usual = OnDemand.DEFAULT;
        int watches = given.isEmpty() ? usual.watches() : given.get(0).number(option.name(), 1, 1000);
        Duration idle = given.size() < 2 ? usual.idle() : given.get(1).duration(option.name());
        Duration absence = given.size() < 3 ? usual.absence() : given.get(2).duration(option.name());
        try {
            OnDemand bounds = new OnDemand(watches, usual.widenAfter(), idle, absence);
            settings.add(builder -> builder.onDemand(bounds));
        } catch (ConfigurationException tooShort) {
            throw option.keyword().fault(String.valueOf(tooShort.getMessage()));
        }
    }

    private void snapshot(Statement option) {
        List<Token> given = option.arguments();
        if (given.isEmpty() || given.size() > 2) {
            throw option.keyword().fault("'snapshot' wants FILE [AGE], found " + given.size() + " arguments");
        }
        Path file = block.path(given.get(0));
        Duration most = given.size() == 2 ? given.get(1).duration(option.name()) : SNAPSHOT_AGE;
        settings.add(builder -> builder.warmStart(file, most));
    }

    private void age(Statement option, BiConsumer<KubernetesBackendBuilder, Duration> setting) {
        Duration age = option.onlyArgument("a duration").duration(option.name());
        settings.add(builder -> setting.accept(builder, age));
    }

    private void fallthrough(Statement option) {
        FallthroughZones suffixes = option.arguments().isEmpty()
                ? FallthroughZones.ALL
                : new FallthroughZones(block.zonesOf(option.arguments()));
        settings.add(builder -> builder.fallthrough(suffixes));
    }

    private void ignore(Statement option) {
        Token what = option.onlyArgument("empty_service");
        if (!what.text().equals("empty_service")) {
            throw what.unexpected("ignore", "empty_service");
        }
        settings.add(KubernetesBackendBuilder::ignoreEmptyServices);
    }
}
