package dev.waypost.forwarding;

import dev.waypost.ConfigurationException;
import dev.waypost.Query;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code forward FROM TO... { ... }}: asks upstreams, with CoreDNS's options. */
public final class ForwardDirective implements DirectiveFactory {
    private static final Path SYSTEM_RESOLVERS = Path.of("/etc/resolv.conf");

    /** For {@link java.util.ServiceLoader}. */
    public ForwardDirective() {}

    @Override
    public String name() {
        return Forwarder.NAME;
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Token> arguments = directive.arguments();
        if (arguments.size() < 2) {
            throw directive
                    .keyword()
                    .fault("'forward' wants FROM and at least one TO, found " + arguments.size() + " arguments");
        }
        ForwardMetrics metrics = block.shared(ForwardMetrics.class, ForwardMetrics::new);
        ForwarderBuilder builder = Forwarder.builder()
                // CoreDNS too takes the first of the zones that a CIDR stands for.
                .from(block.zonesOf(arguments.subList(0, 1)).get(0))
                .ticker(block.ticker())
                .engine(block.engine())
                .metrics(metrics);
        Optional<Token> named = upstreams(arguments.subList(1, arguments.size()), builder, block);
        new ForwardOptions(builder, block).read(directive);
        named.ifPresent(target -> lookedUp(target, builder, block));
        Forwarder forwarder = built(directive, builder);
        block.inBlock(BlockUpstreams.class, BlockUpstreams::new).add(forwarder);
        block.resolver(forwarder);
        block.lifecycle(forwarder);
        block.attach(metrics); // shared by every 'forward': what is attached, a host counts once
    }

    private static Forwarder built(Statement directive, ForwarderBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException unfit) {
            throw directive.keyword().fault("'forward': " + unfit.getMessage());
        }
    }

    /** Takes the targets in; the first one at a host name, if there is one. */
    private static Optional<Token> upstreams(List<Token> targets, ForwarderBuilder builder, BlockContext block) {
        boolean onlyFiles = true;
        Optional<Token> named = Optional.empty();
        for (Token target : targets) {
            if (isFile(target, block)) {
                resolvConf(target, builder, block);
            } else {
                UpstreamAddress address = UpstreamAddress.read(target.text())
                        .orElseThrow(() -> target.unexpected(
                                Forwarder.NAME,
                                UpstreamAddress.WANTED + ", or the name of a resolv.conf file that exists"));
                onlyFiles = false;
                named = named.isEmpty() && address.isNamed() ? Optional.of(target) : named;
                OwnListener.refuse(target, Forwarder.NAME, address, block);
                builder.upstream(address);
            }
            if (builder.upstreams() > ForwardDraft.MAX_UPSTREAMS) {
                throw target.fault("'forward' wants at most " + ForwardDraft.MAX_UPSTREAMS + " upstreams, found "
                        + builder.upstreams());
            }
        }
        if (!onlyFiles) {
            builder.policy(UpstreamPolicy.RANDOM); // a resolv.conf means an order, a list of upstreams does not
        }
        return named;
    }

    private static boolean isFile(Token target, BlockContext block) {
        boolean address = UpstreamAddress.read(target.text())
                .filter(each -> !each.isNamed())
                .isPresent();
        return !address && !target.text().contains("://") && Files.exists(block.path(target));
    }

    private static void resolvConf(Token target, ForwarderBuilder builder, BlockContext block) {
        ResolvConf conf = read(target, block.path(target));
        conf.nameservers().forEach(each -> OwnListener.refuse(target, Forwarder.NAME, upstream(each), block));
        builder.resolvConf(conf);
    }

    private static UpstreamAddress upstream(InetAddress nameserver) {
        return new UpstreamAddress(new InetSocketAddress(nameserver, AddressLiteral.DNS_PORT));
    }

    private static ResolvConf read(Token target, Path file) {
        try {
            return ResolvConf.read(file);
        } catch (ConfigurationException unusable) {
            throw target.fault("'forward' cannot use this file: " + unusable.getMessage());
        }
    }

    /** Where no {@code resolver} is named, the host's own servers look names up; asked by us, never through the JVM. */
    private static void lookedUp(Token target, ForwarderBuilder builder, BlockContext block) {
        block.startupTimeout(Query.DEFAULT_TIMEOUT);
        if (builder.hasResolvers()) {
            return;
        }
        ResolvConf conf = read(target, SYSTEM_RESOLVERS);
        for (InetAddress each : conf.nameservers()) {
            OwnListener.refuse(target, "resolver", upstream(each), block);
            builder.resolver(upstream(each).address());
        }
    }
}
