package dev.waypost.socket;

import dev.waypost.socket.tls.ServerTls;
import dev.waypost.wire.WirePolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * How much of the machine a {@link DnsServer} may take, and how it meets its clients. Start from {@link #DEFAULTS} and change
 * what must differ; {@link ListenerSettings} change it for one listen point.
 *
 * @param udpWorkers sockets and threads for datagrams on each address, 1..1024; 0 for one a core, fewer where there are
 *     many addresses
 * @param maxConnections TCP connections in all; over it the one idle for longest is closed
 * @param maxConnectionsPerClient TCP connections from one IPv4 address or IPv6 /64; over it that client's one idle for
 *     longest is closed
 * @param maxQueriesPerConnection queries of one connection that may wait for their replies at once; reading pauses at it
 * @param closeAfterQueries queries of one connection after which it is closed, so that clients spread again; 0 for never
 * @param maxBufferedOctets octets of replies kept for one connection whose client does not read; reading pauses over it
 * @param maxOctetsInAll octets of memory for the messages and replies of all connections; over it the one that takes most is
 *     closed
 * @param readTimeout from the first octet of a message to its last (RFC 7766 section 6.2.3 wants slow writers cut off); from
 *     a TLS connection's first moment to the end of its handshake
 * @param writeTimeout how long a client may take no octet of a reply that is ready
 * @param idleTimeout how long a connection may stand without an octet in either direction (RFC 7766 section 6.2.3)
 * @param stopTimeout how long a stop waits for the replies that are owed
 * @param policy how clients are met before anybody is asked: cookies, rate limit
 * @param tls what {@code tls} listen points prove themselves by; without it they cannot be served
 */
public record ServerOptions(
        int udpWorkers,
        int maxConnections,
        int maxConnectionsPerClient,
        int maxQueriesPerConnection,
        int closeAfterQueries,
        int maxBufferedOctets,
        long maxOctetsInAll,
        Duration readTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        Duration stopTimeout,
        WirePolicy policy,
        Optional<ServerTls> tls) {
    /** The timeouts of CoreDNS (read 3 s, write 5 s, idle 10 s, stop 5 s), and the caps that it does not have. */
    public static final ServerOptions DEFAULTS = new ServerOptions(
            0,
            1024,
            128,
            128,
            0,
            128 * 1024,
            16 * 1024 * 1024,
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            WirePolicy.OPEN,
            Optional.empty());

    private static final int MOST_WORKERS = 1024;

    /** Worker threads a core when there are so many addresses that one a core and address would be too many. */
    private static final int WORKERS_PER_CORE = 4;

    public ServerOptions {
        require(udpWorkers >= 0 && udpWorkers <= MOST_WORKERS, "udpWorkers wants 0..1024, found " + udpWorkers);
        require(maxConnections > 0, "maxConnections wants at least 1, found " + maxConnections);
        require(maxConnectionsPerClient > 0, "maxConnectionsPerClient wants at least 1");
        require(maxQueriesPerConnection > 0, "maxQueriesPerConnection wants at least 1");
        require(closeAfterQueries >= 0, "closeAfterQueries wants at least 0");
        require(maxBufferedOctets > 0, "maxBufferedOctets wants at least 1");
        require(maxOctetsInAll > 0, "maxOctetsInAll wants at least 1");
    }

    private static void require(boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(wanted);
        }
    }

    /** The same with another number of sockets and threads for datagrams on each address. */
    public ServerOptions withUdpWorkers(int workers) {
        Draft draft = new Draft(this);
        draft.udpWorkers = workers;
        return draft.options();
    }

    /** The same with other caps on TCP connections. */
    public ServerOptions withConnections(int inAll, int perClient) {
        Draft draft = new Draft(this);
        draft.maxConnections = inAll;
        draft.maxConnectionsPerClient = perClient;
        return draft.options();
    }

    /** The same with other bounds for what one connection may leave waiting. */
    public ServerOptions withBacklogPerConnection(int queries, int bufferedOctets) {
        Draft draft = new Draft(this);
        draft.maxQueriesPerConnection = queries;
        draft.maxBufferedOctets = bufferedOctets;
        return draft.options();
    }

    /** The same with another bound for the memory of all connections together. */
    public ServerOptions withOctetsInAll(long octets) {
        Draft draft = new Draft(this);
        draft.maxOctetsInAll = octets;
        return draft.options();
    }

    /** The same with another number of queries after which a connection is closed; 0 for never. */
    public ServerOptions withCloseAfterQueries(int queries) {
        Draft draft = new Draft(this);
        draft.closeAfterQueries = queries;
        return draft.options();
    }

    /** The same with other timeouts for TCP connections. */
    public ServerOptions withConnectionTimeouts(Duration read, Duration write, Duration idle) {
        Draft draft = new Draft(this);
        draft.readTimeout = read;
        draft.writeTimeout = write;
        draft.idleTimeout = idle;
        return draft.options();
    }

    /** The same with other patience for replies that are owed at a stop. */
    public ServerOptions withStopTimeout(Duration stop) {
        Draft draft = new Draft(this);
        draft.stopTimeout = stop;
        return draft.options();
    }

    /** The same, meeting clients otherwise. */
    public ServerOptions withPolicy(WirePolicy value) {
        Draft draft = new Draft(this);
        draft.policy = value;
        return draft.options();
    }

    /** The same with something to prove {@code tls} listen points by. */
    public ServerOptions withTls(ServerTls value) {
        Draft draft = new Draft(this);
        draft.tls = Optional.of(value);
        return draft.options();
    }

    /** How many datagram sockets each of so many addresses gets. */
    int udpWorkers(int addresses) {
        if (udpWorkers > 0) {
            return udpWorkers;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.max(1, Math.min(cores, WORKERS_PER_CORE * cores / Math.max(1, addresses)));
    }

    /** Options that some fields are changed of: the list of all fields stands here only. */
    private static final class Draft {
        private int udpWorkers;
        private int maxConnections;
        private int maxConnectionsPerClient;
        private int maxQueriesPerConnection;
        private int closeAfterQueries;
        private int maxBufferedOctets;
        private long maxOctetsInAll;
        private Duration readTimeout;
        private Duration writeTimeout;
        private Duration idleTimeout;
        private Duration stopTimeout;
        private WirePolicy policy;
        private Optional<ServerTls> tls;

        Draft(ServerOptions from) {
            udpWorkers = from.udpWorkers;
            maxConnections = from.maxConnections;
            maxConnectionsPerClient = from.maxConnectionsPerClient;
            maxQueriesPerConnection = from.maxQueriesPerConnection;
            closeAfterQueries = from.closeAfterQueries;
            maxBufferedOctets = from.maxBufferedOctets;
            maxOctetsInAll = from.maxOctetsInAll;
            readTimeout = from.readTimeout;
            writeTimeout = from.writeTimeout;
            idleTimeout = from.idleTimeout;
            stopTimeout = from.stopTimeout;
            policy = from.policy;
            tls = from.tls;
        }

        ServerOptions options() {
            return new ServerOptions(
                    udpWorkers,
                    maxConnections,
                    maxConnectionsPerClient,
                    maxQueriesPerConnection,
                    closeAfterQueries,
                    maxBufferedOctets,
                    maxOctetsInAll,
                    readTimeout,
                    writeTimeout,
                    idleTimeout,
                    stopTimeout,
                    policy,
                    tls);
        }
    }
}
