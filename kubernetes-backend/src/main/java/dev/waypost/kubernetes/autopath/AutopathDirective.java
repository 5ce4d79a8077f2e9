package dev.waypost.kubernetes.autopath;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.lookup.SearchList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xbill.DNS.Name;

/** {@code autopath [ZONES...] RESOLV-CONF} and {@code autopath [ZONES...] @kubernetes}. */
public final class AutopathDirective implements DirectiveFactory {
    private static final String NAME = "autopath";
    private static final String KUBERNETES = "@kubernetes";

    private final Path nodeResolvConf;

    /** For {@link java.util.ServiceLoader}. */
    public AutopathDirective() {
        this(Path.of("/etc/resolv.conf"));
    }

    AutopathDirective(Path nodeResolvConf) {
        this.nodeResolvConf = nodeResolvConf;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        List<Token> arguments = directive.arguments();
        if (arguments.isEmpty()) {
            throw directive
                    .keyword()
                    .fault("'autopath' wants [ZONES...] and RESOLV-CONF or @kubernetes, found nothing");
        }
        Token last = arguments.get(arguments.size() - 1);
        List<Name> zones = block.zonesOf(arguments.subList(0, arguments.size() - 1));
        if (last.text().startsWith("@")) {
            add(zones, pods(last, block), block);
            return;
        }
        List<Name> domains = domains(last, block.path(last));
        if (!domains.isEmpty()) { // a client without a search list completes nothing
            add(zones, new FixedPath(domains), block);
        }
    }

    private SearchPaths pods(Token kind, BlockContext block) {
        if (!kind.text().equals(KUBERNETES)) {
            throw kind.unexpected(NAME, KUBERNETES + " or a resolv.conf file");
        }
        if (!block.directives().contains("kubernetes")) {
            throw kind.fault("'autopath @kubernetes' wants 'kubernetes' in the same server block, found none");
        }
        ClusterPods pods = block.inBlock(ClusterPods.class, ClusterPods::new);
        pods.want(kind);
        return new PodPaths(pods, Files.exists(nodeResolvConf) ? domains(kind, nodeResolvConf) : List.of());
    }

    private static List<Name> domains(Token place, Path file) {
        try {
            return SearchList.ofResolvConf(file).domains();
        } catch (ConfigurationException unusable) {
            throw place.fault("'autopath' cannot use this file: " + unusable.getMessage());
        }
    }

    private static void add(List<Name> zones, SearchPaths paths, BlockContext block) {
        AutopathMetrics metrics = block.shared(AutopathMetrics.class, AutopathMetrics::new);
        block.layer(new AutopathLayer(
                zones, paths, metrics.counterOf(block.listenPoints().get(0).toString())));
        block.attach(metrics); // shared by every 'autopath': what is attached, a host counts once
    }
}
