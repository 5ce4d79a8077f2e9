package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.kubernetes.autopath.ClusterPods;
import dev.waypost.kubernetes.zone.KubernetesZone;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;

/** {@code kubernetes [ZONES...] { ... }}: a cluster's zones, with CoreDNS's options and {@code manifests} of our own. */
public final class KubernetesDirective implements DirectiveFactory {
    private static final String NAME = "kubernetes";
    private static final Duration MANIFEST_POLL = Duration.ofSeconds(2);

    /** For {@link java.util.ServiceLoader}. */
    public KubernetesDirective() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Name> zones = block.zonesOf(directive.arguments());
        if (zones.stream().allMatch(KubernetesZone::isReverse)) {
            throw directive.keyword().fault("'kubernetes' wants a zone for services, found reverse zones only");
        }
        DirectiveOptions options = new DirectiveOptions(directive, block);
        KubernetesBackend backend = built(directive.keyword(), options, zones, block);
        BlockCluster.of(block).show(backend);
        block.backend(backend);
        block.metrics(backend);
        block.metadata(backend.labels());
        block.startupTimeout(options.startupTimeout());
        backend.bringPods(block.inBlock(ClusterPods.class, ClusterPods::new));
        if (options.readsManifests()) {
            block.every(new PeriodicTask("kubernetes manifests", MANIFEST_POLL, backend::poll));
        }
    }

    private static KubernetesBackend built(
            Token keyword, DirectiveOptions options, List<Name> zones, BlockContext block) {
        KubernetesBackendBuilder builder =
                options.builder().zones(zones).ticker(block.ticker()).serverAddresses(LocalAddresses.reachable());
        if (block.directives().contains("metadata")) {
            builder.podLabels();
        }
        try {
            return builder.build();
        } catch (ConfigurationException unusable) {
            // A file's fault says its own place; the Corefile's place is where to look for the file's name.
            throw keyword.fault(String.valueOf(unusable.getMessage()));
        }
    }
}
