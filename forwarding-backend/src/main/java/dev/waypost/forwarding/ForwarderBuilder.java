package dev.waypost.forwarding;

import dev.waypost.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.xbill.DNS.Name;

/** Describes a {@link Forwarder}; for one thread. Every option but the upstreams has a default. */
public final class ForwarderBuilder {
    /** Upstreams of one forwarder, at most, as in CoreDNS. */
    public static final int MAX_UPSTREAMS = 15;

    /** Questions in flight where nothing is said: each may hold a socket. */
    static final int DEFAULT_MAX_CONCURRENT = 4096;

    private final LinkedHashSet<InetSocketAddress> upstreams = new LinkedHashSet<>();
    private final List<Name> except = new ArrayList<>();
    private Name from = Name.root;
    private UpstreamPolicy policy = UpstreamPolicy.RANDOM;
    /**
     * CoreDNS waits 2 s; a datagram's client is not sent an answer older than 1.9 s (CVE-2024-33655), and what a second
     * upstream says must come before that.
     */
    private Duration tryTimeout = Duration.ofMillis(1500);

    private int triesAnUpstream = 3;
    private int maxFails = 2;
    private int maxConcurrent = DEFAULT_MAX_CONCURRENT;
    private boolean tcpOnly;
    private Duration expire = Duration.ofSeconds(10);
    private Duration healthCheck = Duration.ofMillis(500);
    private Ticker ticker = Ticker.SYSTEM;
    private ForwardMetrics metrics = new ForwardMetrics();

    ForwarderBuilder() {}

    /** Names at or below this zone are forwarded; the root, and so every name, by default. */
    public ForwarderBuilder from(Name zone) {
        from = zone;
        return this;
    }

    /** Names at or below these zones fall through. */
    public ForwarderBuilder except(Name... zones) {
        except.addAll(Arrays.asList(zones));
        return this;
    }

    /**
     * Adds an upstream.
     *
     * @param literal {@code 192.0.2.1}, {@code 192.0.2.1:5353}, {@code 2001:db8::1} or {@code [2001:db8::1]:5353}; never a
     *     host name
     */
    public ForwarderBuilder upstream(String literal) {
        return upstream(AddressLiteral.socketAddress(literal)
                .orElseThrow(() -> new IllegalArgumentException(
                        "an upstream wants an address literal IP[:port], found \"" + literal + "\"")));
    }

    /** Adds an upstream; its address must be resolved. */
    public ForwarderBuilder upstream(InetSocketAddress address) {
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException("an upstream wants an address and a port 1..65535, found " + address);
        }
        upstreams.add(address);
        return this;
    }

    /**
     * Adds the name servers of a {@code resolv.conf} and honours its options: in the order given, or in turn with {@code
     * rotate}; {@code timeout} for each try, {@code attempts} for each server, {@code use-vc} for TCP.
     */
    public ForwarderBuilder resolvConf(ResolvConf conf) {
        conf.nameservers().forEach(each -> upstream(new InetSocketAddress(each, AddressLiteral.DNS_PORT)));
        policy = conf.rotate() ? UpstreamPolicy.ROUND_ROBIN : UpstreamPolicy.SEQUENTIAL;
        conf.timeout().ifPresent(this::tryTimeout);
        conf.attempts().ifPresent(this::triesAnUpstream);
        tcpOnly |= conf.useTcp();
        return this;
    }

    /** Which upstream comes first; {@link UpstreamPolicy#RANDOM} by default. */
    public ForwarderBuilder policy(UpstreamPolicy choice) {
        policy = choice;
        return this;
    }

    /** How long one try at one upstream may take; 1.5 s by default. */
    public ForwarderBuilder tryTimeout(Duration timeout) {
        tryTimeout = positive("tryTimeout", timeout);
        return this;
    }

    /** Tries at each upstream for one question; 3 by default. */
    public ForwarderBuilder triesAnUpstream(int tries) {
        if (tries < 1) {
            throw new IllegalArgumentException("triesAnUpstream wants 1 or more, found " + tries);
        }
        triesAnUpstream = tries;
        return this;
    }

    /** Failures in a row after which an upstream is asked last, until it answers again; 2 by default, 0 for never. */
    public ForwarderBuilder maxFails(int fails) {
        if (fails < 0) {
            throw new IllegalArgumentException("maxFails wants 0 or more, found " + fails);
        }
        maxFails = fails;
        return this;
    }

    /** Queries that wait at once, beyond which further ones are REFUSED, equal ones too; 4,096 by default. */
    public ForwarderBuilder maxConcurrent(int queries) {
        if (queries < 1) {
            throw new IllegalArgumentException("maxConcurrent wants 1 or more, found " + queries);
        }
        maxConcurrent = queries;
        return this;
    }

    /** Whether every query goes over TCP; by default only what does not fit a datagram does. */
    public ForwarderBuilder tcpOnly(boolean value) {
        tcpOnly = value;
        return this;
    }

    /** How long an idle TCP connection is kept; 10 s by default. */
    public ForwarderBuilder expire(Duration idle) {
        expire = positive("expire", idle);
        return this;
    }

    /** How often an upstream that failed is probed until it answers; 0.5 s by default. */
    public ForwarderBuilder healthCheck(Duration interval) {
        healthCheck = positive("healthCheck", interval);
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

    /** How many upstreams there are so far. */
    int upstreams() {
        return upstreams.size();
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
     * @throws IllegalArgumentException for no upstream, or for more than {@value #MAX_UPSTREAMS}
     */
    public Forwarder build() {
        if (upstreams.isEmpty() || upstreams.size() > MAX_UPSTREAMS) {
            throw new IllegalArgumentException(
                    "a forwarder wants 1.." + MAX_UPSTREAMS + " upstreams, found " + upstreams.size());
        }
        ForwardSettings settings = new ForwardSettings(
                from,
                except,
                List.copyOf(upstreams),
                policy,
                tryTimeout.toNanos(),
                triesAnUpstream,
                maxFails,
                maxConcurrent,
                tcpOnly,
                expire.toNanos(),
                healthCheck.toNanos());
        return new Forwarder(settings, metrics, ticker);
    }
}
