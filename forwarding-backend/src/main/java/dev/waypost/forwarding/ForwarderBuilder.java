package dev.waypost.forwarding;

import dev.waypost.Resolver;
import dev.waypost.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.xbill.DNS.Name;

/** Describes a {@link Forwarder}; for one thread. Every option but the upstreams has a default. */
public final class ForwarderBuilder {
    private final ForwardDraft draft = new ForwardDraft();
    private Ticker ticker = Ticker.SYSTEM;
    private ForwardMetrics metrics = new ForwardMetrics();

    ForwarderBuilder() {}

    /** Names at or below this zone are forwarded; the root, and so every name, by default. */
    public ForwarderBuilder from(Name zone) {
        draft.from = zone;
        return this;
    }

    /** Names at or below these zones fall through. */
    public ForwarderBuilder except(Name... zones) {
        draft.except.addAll(Arrays.asList(zones));
        return this;
    }

    /**
     * Adds an upstream.
     *
     * @param text as {@link UpstreamAddress#of} reads it
     */
    public ForwarderBuilder upstream(String text) {
        return upstream(UpstreamAddress.of(text));
    }

    /** Adds an upstream. */
    public ForwarderBuilder upstream(UpstreamAddress address) {
        if (address.address().getPort() == 0) {
            throw new IllegalArgumentException("an upstream wants a port 1..65535, found " + address);
        }
        draft.upstreams.add(address);
        return this;
    }

    /** Adds a plain upstream; its address must be resolved. */
    public ForwarderBuilder upstream(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("an upstream wants an address and a port 1..65535, found " + address);
        }
        return upstream(new UpstreamAddress(address));
    }

    /**
     * Adds the name servers of a {@code resolv.conf} and honours its options: in the order given, or in turn with {@code
     * rotate}; {@code timeout} for each try, {@code attempts} for each server, {@code use-vc} for TCP.
     */
    public ForwarderBuilder resolvConf(ResolvConf conf) {
        conf.nameservers().forEach(each -> upstream(new InetSocketAddress(each, AddressLiteral.DNS_PORT)));
        draft.policy = conf.rotate() ? UpstreamPolicy.ROUND_ROBIN : UpstreamPolicy.SEQUENTIAL;
        conf.timeout().ifPresent(this::tryTimeout);
        conf.attempts().ifPresent(this::triesAnUpstream);
        draft.tcpOnly |= conf.useTcp();
        return this;
    }

    /**
     * Looks up the host names among the upstreams with these resolvers, when the forwarder starts and until they are found;
     * the JVM's own resolver is never asked, as it may be this very library.
     */
    public ForwarderBuilder resolver(InetSocketAddress... addresses) {
        draft.resolvers.addAll(Arrays.asList(addresses));
        return this;
    }

    /** Which upstream comes first; {@link UpstreamPolicy#RANDOM} by default. */
    public ForwarderBuilder policy(UpstreamPolicy choice) {
        draft.policy = choice;
        return this;
    }

    /** How long one try at one upstream may take; 1.5 s by default. */
    public ForwarderBuilder tryTimeout(Duration timeout) {
        draft.tryTimeout = positive("tryTimeout", timeout);
        return this;
    }

    /** Tries at each upstream for one question; 3 by default. */
    public ForwarderBuilder triesAnUpstream(int tries) {
        draft.triesAnUpstream = atLeast(1, "triesAnUpstream", tries);
        return this;
    }

    /** Failures in a row after which an upstream is asked last, until it answers again; 2 by default, 0 for never. */
    public ForwarderBuilder maxFails(int fails) {
        draft.maxFails = atLeast(0, "maxFails", fails);
        return this;
    }

    /**
     * Questions in flight at once, beyond which a further one is {@link dev.waypost.Response#overloaded}; 4,096 by default.
     * Any number of queries waits for one question.
     */
    public ForwarderBuilder maxConcurrent(int questions) {
        draft.maxConcurrent = atLeast(1, "maxConcurrent", questions);
        return this;
    }

    /**
     * Queries that wait at once, beyond which a further one is {@link dev.waypost.Response#overloaded}.
     *
     * @param inAll 16,384 by default
     * @param ofOne of one client address, 1,000 by default; callers in this JVM are not counted so
     */
    public ForwarderBuilder maxWaiting(int inAll, int ofOne) {
        draft.maxWaiting = atLeast(1, "maxWaiting", inAll);
        draft.maxWaitingOfOne = atLeast(1, "maxWaiting of one client", ofOne);
        return this;
    }

    /** Whether every query goes over TCP; by default only what does not fit a datagram does. */
    public ForwarderBuilder tcpOnly(boolean value) {
        draft.tcpOnly = value;
        return this;
    }

    /** How long an idle TCP connection is kept; 10 s by default. */
    public ForwarderBuilder expire(Duration idle) {
        draft.expire = positive("expire", idle);
        return this;
    }

    /** How often an upstream that failed is probed until it answers; 0.5 s by default. */
    public ForwarderBuilder healthCheck(Duration interval) {
        draft.healthCheck = positive("healthCheck", interval);
        return this;
    }

    /** What a probe asks for; the root's name servers by default, with RD set. */
    public ForwarderBuilder probe(Name qname, boolean recursionDesired) {
        draft.probeName = qname;
        draft.probeRecursion = recursionDesired;
        return this;
    }

    /** Tries for one question over all upstreams, at most; 0, the default, leaves it to {@link #triesAnUpstream}. */
    public ForwarderBuilder maxTries(int tries) {
        draft.mostTries = atLeast(0, "maxTries", tries);
        return this;
    }

    /**
     * Whether the next upstream is asked too while the one before is silent for longer than it is for nineteen of twenty
     * queries; so by default, for one question in ten at most.
     */
    public ForwarderBuilder hedged(boolean value) {
        draft.hedged = value;
        return this;
    }

    /** Whether questions are answered SERVFAIL at once while every upstream is down; by default they are asked anyway. */
    public ForwarderBuilder failFast(boolean value) {
        draft.failFast = value;
        return this;
    }

    /** RCODEs after which the next upstream is asked; the last one's reply counts. None by default. */
    public ForwarderBuilder failover(Set<Integer> rcodes) {
        draft.failover = Set.copyOf(rcodes);
        return this;
    }

    /**
     * Whether the letters of names go upstream large and small at random, to be brought back so; off by default. Replies
     * that do not are asked for again over TCP, and an upstream that does not do so there either is left alone with it.
     */
    public ForwarderBuilder mixedCase(boolean value) {
        draft.mixedCase = value;
        return this;
    }

    /** How old a connection may be to be given another query; zero, the default, for any age. */
    public ForwarderBuilder maxAge(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("maxAge wants a time of 0 or more, found " + age);
        }
        draft.maxAge = age;
        return this;
    }

    /** Idle connections kept for one upstream, at most; 0, the default, for any number. */
    public ForwarderBuilder maxIdleConnections(int connections) {
        draft.maxIdleConnections = atLeast(0, "maxIdleConnections", connections);
        return this;
    }

    /** The address to ask from; the system chooses by default. */
    public ForwarderBuilder source(InetAddress address) {
        draft.source = address;
        return this;
    }

    /**
     * TLS for upstreams over TLS and HTTPS: who vouches for them, and what proves us; by default the JVM's authorities, and
     * nothing.
     */
    public ForwarderBuilder tls(SSLContext context) {
        draft.tls = context;
        return this;
    }

    /**
     * The name that the certificates of upstreams over TLS and HTTPS must hold; by default the one in their address, or the
     * address.
     *
     * @throws IllegalArgumentException for what is no host name
     */
    public ForwarderBuilder tlsServerName(String name) {
        draft.serverName = new SNIHostName(name).getAsciiName();
        return this;
    }

    /** Whether queries over HTTPS go as GET, which HTTP caches may keep; as POST by default. */
    public ForwarderBuilder dohGet(boolean value) {
        draft.dohGet = value;
        return this;
    }

    /** The clock of every timeout; {@link Ticker#SYSTEM} by default. Deadlines of queries are counted on it too. */
    public ForwarderBuilder ticker(Ticker clock) {
        ticker = clock;
        return this;
    }

    ForwarderBuilder metrics(ForwardMetrics shared) {
        metrics = shared;
        return this;
    }

    /**
     * Leaves answers to another resolver; what it falls through for stands.
     *
     * @param rcodes these
     * @param noData whether NOERROR without an answer too
     */
    public ForwarderBuilder handOn(Set<Integer> rcodes, boolean noData, Resolver next) {
        draft.handedOn = Set.copyOf(rcodes);
        draft.noDataHandedOn = noData;
        draft.next = next;
        return this;
    }

    /**
     * Lets the engine answer the names that aliases lead to, where they are a zone's of this engine or another forwarder's: an
     * upstream is then believed for its own names alone.
     *
     * @param engine all of it, usable once it runs
     */
    public ForwarderBuilder engine(Resolver engine) {
        draft.aliases = new AliasTargets(engine);
        return this;
    }

    /** Whether an upstream so far has a server name of its own. */
    boolean namesServers() {
        return draft.upstreams.stream().anyMatch(each -> !each.serverName().isEmpty());
    }

    /** Whether anybody is told to look up host names. */
    boolean hasResolvers() {
        return !draft.resolvers.isEmpty();
    }

    /** How many upstreams there are so far. */
    int upstreams() {
        return draft.upstreams.size();
    }

    private static int atLeast(int least, String option, int value) {
        if (value < least) {
            throw new IllegalArgumentException(option + " wants " + least + " or more, found " + value);
        }
        return value;
    }

    private static Duration positive(String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(option + " wants a time above 0, found " + value);
        }
        return value;
    }

    /**
     * The forwarder; it runs from {@link Forwarder#start()} on.
     *
     * @throws IllegalArgumentException for no upstream, for more than 15, or for options that do not fit together
     */
    public Forwarder build() {
        return new Forwarder(draft.settings(), metrics, ticker);
    }
}
