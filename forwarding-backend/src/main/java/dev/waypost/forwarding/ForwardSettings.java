package dev.waypost.forwarding;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.forwarding.message.Question;
import dev.waypost.forwarding.transport.StreamTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * What a forwarder is told, complete.
 *
 * @param from names at or below it are forwarded
 * @param except names at or below these are not, {@code from} itself always is
 * @param upstreams at least one
 * @param resolvers who is asked for the addresses of upstreams that are given by name
 * @param streamOnly whether every query goes over TCP
 * @param mixedCase whether names go upstream in letters of random size
 * @param keeping how connections are kept
 * @param aliases knows whose the names are that aliases lead to; {@code null} where no engine is around
 */
record ForwardSettings(
        Name from,
        List<Name> except,
        List<UpstreamAddress> upstreams,
        List<InetSocketAddress> resolvers,
        UpstreamPolicy policy,
        Tries tries,
        Limits limits,
        HealthCheck health,
        boolean streamOnly,
        boolean mixedCase,
        StreamTransport.Keeping keeping,
        Secure secure,
        HandingOn handingOn,
        @Nullable AliasTargets aliases) {
    ForwardSettings {
        except = List.copyOf(except);
        upstreams = List.copyOf(upstreams);
        resolvers = List.copyOf(resolvers);
    }

    /**
     * How a question goes from upstream to upstream.
     *
     * @param tryNanos how long one exchange may take
     * @param anUpstream tries at each upstream for one question, at most (RFC 9520 section 3.1)
     * @param inAll tries for one question, at most; 0 for no bound of their own
     * @param hedged whether the next upstream is asked while the one before is silent for longer than it is nearly always
     * @param failFast whether no upstream is asked while all of them are down
     * @param failover RCODEs that are no answer while another upstream can be asked
     */
    record Tries(long tryNanos, int anUpstream, int inAll, boolean hedged, boolean failFast, Set<Integer> failover) {
        Tries {
            failover = Set.copyOf(failover);
        }

        int most(int upstreams) {
            int most = anUpstream * upstreams;
            return inAll > 0 ? Math.min(inAll, most) : most;
        }

        boolean failsOver(int rcode) {
            return !failover.isEmpty() && failover.contains(rcode);
        }
    }

    /**
     * How much may be under way at once.
     *
     * @param concurrent questions in flight
     * @param waiting queries that wait for them
     * @param waitingOfOne queries that wait of one client address
     */
    record Limits(int concurrent, int waiting, int waitingOfOne) {}

    /**
     * How upstreams that do not reply are watched.
     *
     * @param maxFails failures in a row after which an upstream is asked last; 0 for never
     * @param intervalNanos between probes, about
     * @param probe what a probe asks
     * @param recursionDesired its RD bit
     */
    record HealthCheck(int maxFails, long intervalNanos, Question probe, boolean recursionDesired) {}

    /**
     * How upstreams over TLS and HTTPS are spoken to.
     *
     * @param get whether queries over HTTPS go as GET; as POST otherwise
     */
    record Secure(SSLContext context, boolean get) {}

    /**
     * What of the upstreams' answers is left to another resolver.
     *
     * @param rcodes these RCODEs
     * @param noData whether NOERROR without an answer
     * @param next is asked then; where it falls through, the answer stands
     */
    record HandingOn(Set<Integer> rcodes, boolean noData, Resolver next) {
        HandingOn {
            rcodes = Set.copyOf(rcodes);
        }

        boolean isUsed() {
            return noData || !rcodes.isEmpty();
        }

        Resolution handOn(Query query, Response response) {
            boolean given = rcodes.contains(response.rcode())
                    || noData
                            && response.rcode() == Rcode.NOERROR
                            && response.answer().isEmpty();
            return given && !response.isOverloaded() ? next.resolve(query).orElse(() -> response) : response;
        }
    }

    /** Whether answers are looked at before they are given. */
    boolean isFinished() {
        return aliases != null || handingOn.isUsed();
    }

    boolean covers(Name qname) {
        return qname.subdomain(from) && (except.isEmpty() || qname.equals(from) || !isExcepted(qname));
    }

    private boolean isExcepted(Name qname) {
        return except.stream().anyMatch(qname::subdomain);
    }
}
