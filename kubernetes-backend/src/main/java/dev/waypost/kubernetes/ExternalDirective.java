package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.kubernetes.model.DnsLabel;
import dev.waypost.kubernetes.zone.KubernetesZone;
import dev.waypost.zone.FallthroughZones;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * {@code k8s_external [ZONES...] { apex LABEL; ttl N; headless; fallthrough [ZONES...] }}: the services of the block's
 * {@code kubernetes} as they are reached from outside the cluster.
 */
public final class ExternalDirective implements DirectiveFactory {
    private static final String NAME = "k8s_external";
    private static final String CLUSTER = "kubernetes";
    private static final int MOST_TTL_SECONDS = 3600;

    /** For {@link java.util.ServiceLoader}. */
    public ExternalDirective() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        if (!block.directives().contains(CLUSTER)) {
            throw directive.keyword().fault("'k8s_external' wants 'kubernetes' in the same server block, found none");
        }
        List<Name> zones = block.zonesOf(directive.arguments());
        if (zones.stream().allMatch(KubernetesZone::isReverse)) {
            throw directive.keyword().fault("'k8s_external' wants a zone for services, found reverse zones only");
        }
        ExternalZonesBuilder builder = new ExternalZonesBuilder(zones, BlockCluster.of(block)::view);
        directive.block().forEach(option -> read(option, directive, block, builder));
        block.backend(built(directive.keyword(), builder));
    }

    private static ExternalZones built(Token keyword, ExternalZonesBuilder builder) {
        try {
            return builder.build();
        } catch (ConfigurationException unusable) {
            throw keyword.fault(String.valueOf(unusable.getMessage()));
        }
    }

    private static void read(Statement option, Statement directive, BlockContext block, ExternalZonesBuilder builder) {
        option.wantNoBlock();
        switch (option.name()) {
            case "apex" -> builder.apexLabel(label(option.onlyArgument("a label")));
            case "ttl" -> builder.ttl(ttl(option));
            case "headless" -> {
                option.wantNoArguments();
                builder.headless();
            }
            case "fallthrough" -> builder.fallthrough(fallthrough(option, block));
            default -> throw option.unknownIn(directive);
        }
    }

    private static String label(Token given) {
        if (!DnsLabel.isValid(given.text())) {
            throw given.unexpected("apex", "one DNS label");
        }
        return given.text();
    }

    private static Duration ttl(Statement option) {
        return Duration.ofSeconds(option.onlyArgument("seconds").number("ttl", 0, MOST_TTL_SECONDS));
    }

    private static FallthroughZones fallthrough(Statement option, BlockContext block) {
        return option.arguments().isEmpty()
                ? FallthroughZones.ALL
                : new FallthroughZones(block.zonesOf(option.arguments()));
    }
}
