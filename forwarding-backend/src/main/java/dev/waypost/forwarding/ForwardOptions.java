package dev.waypost.forwarding;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.pem.PemFile;
import dev.waypost.pem.TlsIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** The options in the braces of {@code forward}. */
final class ForwardOptions {
    private static final Map<String, UpstreamPolicy> POLICIES = Map.of(
            "random", UpstreamPolicy.RANDOM,
            "round_robin", UpstreamPolicy.ROUND_ROBIN,
            "sequential", UpstreamPolicy.SEQUENTIAL);
    private static final int MOST_TLS_FILES = 3;

    private final ForwarderBuilder builder;
    private final BlockContext block;
    private final Set<Integer> handedOn = new HashSet<>();
    private boolean noDataHandedOn;
    private Duration expire = ForwardDraft.DEFAULT_EXPIRE;
    private Optional<Statement> maxAge = Optional.empty();

    ForwardOptions(ForwarderBuilder builder, BlockContext block) {
        this.builder = builder;
        this.block = block;
    }

    void read(Statement directive) {
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            if (!choice(option) && !transport(option) && !limit(option)) {
                throw option.unknownIn(directive);
            }
        }
        maxAge.ifPresent(this::maxAge);
        BlockUpstreams forwarders = block.inBlock(BlockUpstreams.class, BlockUpstreams::new);
        builder.handOn(handedOn, noDataHandedOn, forwarders.behindNext());
    }

    /** Which names, which upstream, which one after it. */
    private boolean choice(Statement option) {
        switch (option.name()) {
            case "except" -> builder.except(zones(option));
            case "policy" -> builder.policy(oneOf(option, POLICIES, "one of random, round_robin, sequential"));
            case "max_fails" -> builder.maxFails(Words.number(option, 0));
            case "health_check" -> healthCheck(option);
            case "failfast_all_unhealthy_upstreams" -> builder.failFast(flag(option));
            case "failover" -> builder.failover(failover(option));
            case "next" -> handedOn.addAll(rcodes(option));
            case "next_on_nodata" -> noDataHandedOn = flag(option);
            case "resolver" -> resolvers(option);
            case "hedging" -> builder.hedged(oneOf(option, Map.of("on", true, "off", false), "on or off"));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** How an upstream is spoken to. */
    private boolean transport(Statement option) {
        switch (option.name()) {
            case "force_tcp" -> builder.tcpOnly(flag(option));
            case "prefer_udp" -> flag(option); // what is done in any case; force_tcp beats it, as in CoreDNS
            case "expire" -> {
                expire = Words.time(option);
                builder.expire(expire);
            }
            case "max_age" -> maxAge = Optional.of(option);
            case "max_idle_conns" -> builder.maxIdleConnections(Words.number(option, 0));
            case "doh_method" ->
                builder.dohGet(
                        oneOf(option, Map.of("GET", true, "get", true, "POST", false, "post", false), "GET or POST"));
            case "tls" -> builder.tls(tls(option));
            case "tls_servername" -> serverName(option);
            case "source_address" -> builder.source(address(option));
            case "mixed_case" -> builder.mixedCase(flag(option));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** How much, how long. */
    private boolean limit(Statement option) {
        switch (option.name()) {
            case "max_concurrent" -> maxConcurrent(option);
            case "max_waiting" -> maxWaiting(option);
            case "max_connect_attempts" -> builder.maxTries(Words.number(option, 0));
            case "read_timeout" -> builder.tryTimeout(Words.time(option));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean flag(Statement option) {
        option.wantNoArguments();
        return true;
    }

    private static <T> T oneOf(Statement option, Map<String, T> words, String wanted) {
        Token word = option.onlyArgument(wanted);
        T meaning = words.get(word.text());
        if (meaning == null) {
            throw word.unexpected(option.name(), wanted);
        }
        return meaning;
    }

    private static List<Token> some(Statement option, String wanted) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'" + option.name() + "' wants " + wanted + ", found none");
        }
        return option.arguments();
    }

    private Name[] zones(Statement option) {
        return block.zonesOf(some(option, "at least one zone")).toArray(Name[]::new);
    }

    private void healthCheck(Statement option) {
        List<Token> words = some(option, "DURATION [no_rec] [domain FQDN]");
        Duration interval = words.get(0).duration(option.name());
        if (interval.isZero()) {
            throw words.get(0).unexpected(option.name(), "a duration above 0");
        }
        boolean recursion = true;
        Name domain = Name.root;
        for (int i = 1; i < words.size(); i++) {
            Token word = words.get(i);
            if (word.text().equals("no_rec")) {
                recursion = false;
            } else if (word.text().equals("domain") && i + 1 < words.size()) {
                domain = words.get(++i).name("domain");
            } else {
                throw word.unexpected(option.name(), "DURATION [no_rec] [domain FQDN]");
            }
        }
        builder.healthCheck(interval).probe(domain, recursion);
    }

    private static Set<Integer> failover(Statement option) {
        for (Token word : option.arguments()) {
            if (word.text().equalsIgnoreCase("NOERROR")) {
                throw word.unexpected(option.name(), "RCODEs other than NOERROR");
            }
        }
        return rcodes(option);
    }

    private static Set<Integer> rcodes(Statement option) {
        Set<Integer> rcodes = new HashSet<>();
        for (Token word : some(option, "at least one RCODE")) {
            int rcode = Rcode.value(word.text().toUpperCase(Locale.ROOT));
            if (rcode < 0) {
                throw word.unexpected(option.name(), "RCODEs as NXDOMAIN or SERVFAIL");
            }
            rcodes.add(rcode);
        }
        return rcodes;
    }

    private void resolvers(Statement option) {
        for (Token word : some(option, "at least one IP[:port]")) {
            InetSocketAddress address = AddressLiteral.socketAddress(word.text())
                    .orElseThrow(() -> word.unexpected(option.name(), "IP[:port]"));
            OwnListener.refuse(word, option.name(), new UpstreamAddress(address), block);
            builder.resolver(address);
        }
    }

    private void maxAge(Statement option) {
        Token word = option.onlyArgument("a duration");
        Duration age = word.duration(option.name());
        if (!age.isZero() && age.compareTo(expire) < 0) {
            throw word.unexpected(option.name(), "0, or no less than expire, " + expire.toMillis() + "ms");
        }
        builder.maxAge(age);
    }

    private SSLContext tls(Statement option) {
        List<Token> files = option.arguments();
        if (files.size() > MOST_TLS_FILES) {
            throw files.get(MOST_TLS_FILES).unexpected(option.name(), "[CERT KEY] [CA]");
        }
        try {
            Optional<TlsIdentity> identity = files.size() < 2
                    ? Optional.empty()
                    : Optional.of(TlsIdentity.read(block.path(files.get(0)), block.path(files.get(1))));
            List<X509Certificate> authorities = files.size() % 2 == 0
                    ? List.of()
                    : PemFile.read(block.path(files.get(files.size() - 1))).certificates();
            return TlsContexts.of(identity, authorities);
        } catch (ConfigurationException unusable) {
            throw files.get(0).fault("'tls' cannot use these files: " + unusable.getMessage());
        }
    }

    private void serverName(Statement option) {
        Token name = option.onlyArgument("a host name");
        if (builder.namesServers()) {
            throw option.keyword().fault("'tls_servername' is for upstreams that name no server, found one that does");
        }
        try {
            builder.tlsServerName(name.text());
        } catch (IllegalArgumentException noHostName) {
            throw name.unexpected(option.name(), "a host name");
        }
    }

    private static InetAddress address(Statement option) {
        Token word = option.onlyArgument("an IP address");
        return AddressLiteral.address(word.text()).orElseThrow(() -> word.unexpected(option.name(), "an IP address"));
    }

    private void maxConcurrent(Statement option) {
        int most = Words.number(option, 0);
        if (most > 0) { // 0 is CoreDNS's word for its default
            builder.maxConcurrent(most);
        }
    }

    private void maxWaiting(Statement option) {
        List<Token> words = some(option, "IN_ALL [OF_ONE_CLIENT]");
        if (words.size() > 2) {
            throw words.get(2).unexpected(option.name(), "IN_ALL [OF_ONE_CLIENT]");
        }
        int inAll = words.get(0).number(option.name(), 1, Integer.MAX_VALUE);
        int ofOne = words.size() < 2
                ? Math.min(inAll, ForwardDraft.DEFAULT_MAX_WAITING_OF_ONE)
                : words.get(1).number(option.name(), 1, Integer.MAX_VALUE);
        builder.maxWaiting(inAll, ofOne);
    }
}
