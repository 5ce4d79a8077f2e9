package dev.waypost.forwarding;

import dev.waypost.Fallthrough;
import dev.waypost.Resolver;
import dev.waypost.forwarding.message.Question;
import dev.waypost.forwarding.transport.StreamTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The settings of a forwarder while they are being collected, with their defaults. */
final class ForwardDraft {
    /** Upstreams of one forwarder, at most, as in CoreDNS. */
    static final int MAX_UPSTREAMS = 15;

    /** Questions in flight where nothing is said: each may hold a socket. */
    private static final int DEFAULT_MAX_CONCURRENT = 4096;

    /** Queries that wait where nothing is said: each costs about a kilobyte. */
    private static final int DEFAULT_MAX_WAITING = 16_384;

    /** Queries of one client address that wait where nothing is said: Unbound's measure. */
    static final int DEFAULT_MAX_WAITING_OF_ONE = 1000;

    /** How long an idle connection is kept where nothing is said. */
    static final Duration DEFAULT_EXPIRE = Duration.ofSeconds(10);

    final LinkedHashSet<UpstreamAddress> upstreams = new LinkedHashSet<>();
    final List<InetSocketAddress> resolvers = new ArrayList<>();
    final List<Name> except = new ArrayList<>();
    Name from = Name.root;
    UpstreamPolicy policy = UpstreamPolicy.RANDOM;
    /**
     * CoreDNS waits 2 s; a datagram's client is not sent an answer older than 1.9 s (CVE-2024-33655), and what a second
     * upstream says must come before that.
     */
    Duration tryTimeout = Duration.ofMillis(1500);

    int triesAnUpstream = 3;
    int mostTries;
    boolean hedged = true;
    boolean failFast;
    Set<Integer> failover = Set.of();
    int maxFails = 2;
    int maxConcurrent = DEFAULT_MAX_CONCURRENT;
    int maxWaiting = DEFAULT_MAX_WAITING;
    int maxWaitingOfOne = DEFAULT_MAX_WAITING_OF_ONE;
    boolean tcpOnly;
    boolean mixedCase;
    Duration expire = DEFAULT_EXPIRE;
    Duration maxAge = Duration.ZERO;
    int maxIdleConnections;

    @Nullable
    InetAddress source;

    @Nullable
    SSLContext tls;

    String serverName = "";
    boolean dohGet;
    Duration healthCheck = Duration.ofMillis(500);
    Name probeName = Name.root;
    boolean probeRecursion = true;

    @Nullable
    AliasTargets aliases;

    Set<Integer> handedOn = Set.of();
    boolean noDataHandedOn;
    Resolver next = query -> Fallthrough.FALLTHROUGH;

    /**
     * The settings.
     *
     * @throws IllegalArgumentException for what does not fit together
     */
    ForwardSettings settings() {
        if (upstreams.isEmpty() || upstreams.size() > MAX_UPSTREAMS) {
            throw new IllegalArgumentException(
                    "a forwarder wants 1.." + MAX_UPSTREAMS + " upstreams, found " + upstreams.size());
        }
        upstreams.forEach(this::check);
        return new ForwardSettings(
                from,
                except,
                upstreams.stream().map(this::named).toList(),
                resolvers,
                policy,
                new ForwardSettings.Tries(tryTimeout.toNanos(), triesAnUpstream, mostTries, hedged, failFast, failover),
                new ForwardSettings.Limits(maxConcurrent, maxWaiting, maxWaitingOfOne),
                new ForwardSettings.HealthCheck(
                        maxFails,
                        healthCheck.toNanos(),
                        new Question(probeName, Type.NS, DClass.IN, false, false),
                        probeRecursion),
                tcpOnly,
                mixedCase,
                new StreamTransport.Keeping(expire.toNanos(), maxAge.toNanos(), maxIdleConnections, source),
                new ForwardSettings.Secure(tls == null ? TlsContexts.usual() : tls, dohGet),
                new ForwardSettings.HandingOn(handedOn, noDataHandedOn, next),
                aliases);
    }

    private void check(UpstreamAddress upstream) {
        if (upstream.isNamed() && resolvers.isEmpty()) {
            throw new IllegalArgumentException(
                    "an upstream at a host name wants resolvers to look it up with, found none for " + upstream);
        }
        if (source != null && upstream.scheme() == UpstreamAddress.Scheme.HTTPS) {
            throw new IllegalArgumentException("the JDK's HTTP client takes no source address: " + upstream);
        }
    }

    private UpstreamAddress named(UpstreamAddress upstream) {
        return serverName.isEmpty() ? upstream : upstream.withServerName(serverName);
    }
}
