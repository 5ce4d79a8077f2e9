package dev.waypost.forwarding;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;

/** {@code forward FROM TO... { ... }}: asks upstreams, with CoreDNS's options. */
public final class ForwardDirective implements DirectiveFactory {
    private static final Map<String, UpstreamPolicy> POLICIES = Map.of(
            "random", UpstreamPolicy.RANDOM,
            "round_robin", UpstreamPolicy.ROUND_ROBIN,
            "sequential", UpstreamPolicy.SEQUENTIAL);
    /** Options of CoreDNS that are known, so that their error is another than a misspelling's. */
    private static final Set<String> NOT_YET = Set.of(
            "tls",
            "tls_servername",
            "max_age",
            "max_idle_conns",
            "max_connect_attempts",
            "read_timeout",
            "failfast_all_unhealthy_upstreams",
            "failover",
            "next",
            "next_on_nodata",
            "doh_method",
            "resolver",
            "source_address");

    private static final String PLAIN_SCHEME = "dns://";

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
                .metrics(metrics);
        upstreams(arguments.subList(1, arguments.size()), builder, block);
        directive.block().forEach(option -> configure(option, builder, block));
        Forwarder forwarder = builder.build();
        block.resolver(forwarder);
        block.lifecycle(forwarder);
        block.attach(metrics); // shared by every 'forward': what is attached, a host counts once
    }

    private static void upstreams(List<Token> targets, ForwarderBuilder builder, BlockContext block) {
        boolean onlyFiles = true;
        for (Token target : targets) {
            Optional<InetSocketAddress> address = AddressLiteral.socketAddress(plain(target));
            onlyFiles &= address.isEmpty();
            if (address.isPresent()) {
                refuseOwnListener(target, address.get(), block);
                builder.upstream(address.get());
            } else {
                ResolvConf conf = resolvConf(target, block.path(target));
                conf.nameservers()
                        .forEach(each ->
                                refuseOwnListener(target, new InetSocketAddress(each, AddressLiteral.DNS_PORT), block));
                builder.resolvConf(conf);
            }
            if (builder.upstreams() > ForwardDraft.MAX_UPSTREAMS) {
                throw target.fault("'forward' wants at most " + ForwardDraft.MAX_UPSTREAMS + " upstreams, found "
                        + builder.upstreams());
            }
        }
        if (!onlyFiles) {
            builder.policy(UpstreamPolicy.RANDOM); // a resolv.conf means an order, a list of upstreams does not
        }
    }

    private static void refuseOwnListener(Token target, InetSocketAddress upstream, BlockContext block) {
        OwnListener.at(upstream, block.listenPoints()).ifPresent(point -> {
            throw target.fault("'forward' wants another server, found "
                    + upstream.getAddress().getHostAddress() + ":" + upstream.getPort() + ", where this one listens ("
                    + point + ")");
        });
    }

    private static String plain(Token target) {
        String text = target.text();
        if (text.startsWith(PLAIN_SCHEME)) {
            return text.substring(PLAIN_SCHEME.length());
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            throw target.fault("upstreams over '" + text.substring(0, scheme)
                    + "' are not supported yet; 'forward' wants IP[:port], dns://IP[:port] or a resolv.conf file, found \""
                    + text + "\"");
        }
        return text;
    }

    private static ResolvConf resolvConf(Token target, Path file) {
        if (target.text().startsWith(PLAIN_SCHEME) || !Files.exists(file)) {
            throw target.unexpected(
                    Forwarder.NAME, "IP[:port], dns://IP[:port] or the name of a resolv.conf file that exists");
        }
        try {
            return ResolvConf.read(file);
        } catch (ConfigurationException unusable) {
            throw target.fault("'forward' cannot use this file: " + unusable.getMessage());
        }
    }

    private static void configure(Statement option, ForwarderBuilder builder, BlockContext block) {
        option.wantNoBlock();
        switch (option.name()) {
            case "except" -> builder.except(zones(option, block));
            case "force_tcp" -> {
                option.wantNoArguments();
                builder.tcpOnly(true);
            }
            case "prefer_udp" ->
                option.wantNoArguments(); // what is done in any case; force_tcp beats it, as in CoreDNS
            case "expire" -> builder.expire(Words.time(option));
            case "max_fails" -> builder.maxFails(Words.number(option, 0));
            case "max_concurrent" -> maxConcurrent(option, builder);
            case "policy" -> builder.policy(policy(option));
            case "health_check" -> builder.healthCheck(Words.time(option));
            default -> throw Words.unknown(option, Forwarder.NAME, NOT_YET);
        }
    }

    private static Name[] zones(Statement option, BlockContext block) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'except' wants at least one zone, found none");
        }
        return block.zonesOf(option.arguments()).toArray(Name[]::new);
    }

    private static void maxConcurrent(Statement option, ForwarderBuilder builder) {
        int most = Words.number(option, 0);
        if (most > 0) { // 0 is CoreDNS's word for its default
            builder.maxConcurrent(most);
        }
    }

    private static UpstreamPolicy policy(Statement option) {
        Token name = option.onlyArgument("one of random, round_robin, sequential");
        UpstreamPolicy policy = POLICIES.get(name.text());
        if (policy == null) {
            throw name.unexpected("policy", "one of random, round_robin, sequential");
        }
        return policy;
    }
}
