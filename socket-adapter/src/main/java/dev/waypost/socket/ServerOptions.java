package dev.waypost.socket;

import java.time.Duration;

/**
 * How much of the machine a {@link DnsServer} may take. Start from {@link #DEFAULTS} and change what must differ.
 *
 * @param udpWorkers sockets and threads for datagrams on each address, 1..1024; 0 for one a core, fewer where there are
 *     many addresses
 * @param maxConnections TCP connections in all; over it the one idle for longest is closed
 * @param maxConnectionsPerClient TCP connections from one address; over it that client's one idle for longest is closed
 * @param maxQueriesPerConnection queries of one connection that may wait for their replies at once; reading pauses at it
 * @param maxBufferedOctets octets of replies kept for one connection whose client does not read; reading pauses over it
 * @param readTimeout from the first octet of a message to its last (RFC 7766 section 6.2.3 wants slow writers cut off)
 * @param writeTimeout how long a client may take no octet of a reply that is ready
 * @param idleTimeout how long a connection may stand without an octet in either direction (RFC 7766 section 6.2.3)
 * @param stopTimeout how long a stop waits for the replies that are owed
 */
public record ServerOptions(
        int udpWorkers,
        int maxConnections,
        int maxConnectionsPerClient,
        int maxQueriesPerConnection,
        int maxBufferedOctets,
        Duration readTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        Duration stopTimeout) {
    /** The timeouts of CoreDNS (read 3 s, write 5 s, idle 10 s, stop 5 s), and the caps that it does not have. */
    public static final ServerOptions DEFAULTS = new ServerOptions(
            0,
            1024,
            128,
            128,
            128 * 1024,
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    private static final int MOST_WORKERS = 1024;

    /** Worker threads a core when there are so many addresses that one a core and address would be too many. */
    private static final int WORKERS_PER_CORE = 4;

    public ServerOptions {
        require(udpWorkers >= 0 && udpWorkers <= MOST_WORKERS, "udpWorkers wants 0..1024, found " + udpWorkers);
        require(maxConnections > 0, "maxConnections wants at least 1, found " + maxConnections);
        require(maxConnectionsPerClient > 0, "maxConnectionsPerClient wants at least 1");
        require(maxQueriesPerConnection > 0, "maxQueriesPerConnection wants at least 1");
        require(maxBufferedOctets > 0, "maxBufferedOctets wants at least 1");
    }

    private static void require(boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(wanted);
        }
    }

    /** The same with another number of sockets and threads for datagrams on each address. */
    public ServerOptions withUdpWorkers(int workers) {
        return new ServerOptions(
                workers,
                maxConnections,
                maxConnectionsPerClient,
                maxQueriesPerConnection,
                maxBufferedOctets,
                readTimeout,
                writeTimeout,
                idleTimeout,
                stopTimeout);
    }

    /** The same with other caps on TCP connections. */
    public ServerOptions withConnections(int inAll, int perClient) {
        return new ServerOptions(
                udpWorkers,
                inAll,
                perClient,
                maxQueriesPerConnection,
                maxBufferedOctets,
                readTimeout,
                writeTimeout,
                idleTimeout,
                stopTimeout);
    }

    /** The same with other bounds for what one connection may leave waiting. */
    public ServerOptions withBacklogPerConnection(int queries, int bufferedOctets) {
        return new ServerOptions(
                udpWorkers,
                maxConnections,
                maxConnectionsPerClient,
                queries,
                bufferedOctets,
                readTimeout,
                writeTimeout,
                idleTimeout,
                stopTimeout);
    }

    /** The same with other timeouts for TCP connections. */
    public ServerOptions withConnectionTimeouts(Duration read, Duration write, Duration idle) {
        return new ServerOptions(
                udpWorkers,
                maxConnections,
                maxConnectionsPerClient,
                maxQueriesPerConnection,
                maxBufferedOctets,
                read,
                write,
                idle,
                stopTimeout);
    }

    /** The same with other patience for replies that are owed at a stop. */
    public ServerOptions withStopTimeout(Duration stop) {
        return new ServerOptions(
                udpWorkers,
                maxConnections,
                maxConnectionsPerClient,
                maxQueriesPerConnection,
                maxBufferedOctets,
                readTimeout,
                writeTimeout,
                idleTimeout,
                stop);
    }

    /** How many datagram sockets each of so many addresses gets. */
    int udpWorkers(int addresses) {
        if (udpWorkers > 0) {
            return udpWorkers;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.max(1, Math.min(cores, WORKERS_PER_CORE * cores / Math.max(1, addresses)));
    }
}
