package dev.waypost.forwarding;

import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * What a forwarder is told, complete.
 *
 * @param from names at or below it are forwarded
 * @param except names at or below these are not
 * @param upstreams at least one
 * @param triesAnUpstream tries at each upstream for one question, at most (RFC 9520 section 3.1)
 * @param maxFails failures in a row after which an upstream is asked last; 0 for never
 * @param maxConcurrent queries that wait at once, at most
 * @param streamOnly whether every query goes over TCP
 * @param idleNanos how long an idle connection is kept
 */
record ForwardSettings(
        Name from,
        List<Name> except,
        List<InetSocketAddress> upstreams,
        UpstreamPolicy policy,
        long tryNanos,
        int triesAnUpstream,
        int maxFails,
        int maxConcurrent,
        boolean streamOnly,
        long idleNanos,
        long healthCheckNanos) {
    ForwardSettings {
        except = List.copyOf(except);
        upstreams = List.copyOf(upstreams);
    }

    boolean covers(Name qname) {
        return qname.subdomain(from) && except.stream().noneMatch(qname::subdomain);
    }
}
