package dev.waypost.socket;

import dev.waypost.AddressBlock;
import dev.waypost.Ticker;
import dev.waypost.socket.SocketCounters.Closing;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The open connections of all listeners, held to the caps: a new client is let in at the cost of the connection that
 * has asked nothing for longest (RFC 7766 section 6.2.3 lets a server close idle ones at any time). Half a message is no
 * question, nor half a handshake. For the loop's thread alone.
 */
final class ConnectionTable {
    private static final int IPV6_NETWORK_BITS = 64;

    private final ServerOptions options;
    private final Ticker ticker;
    private final Set<StreamConnection> open = new LinkedHashSet<>();
    private long held;
    private final Map<AddressBlock, Integer> perClient = new HashMap<>();

    ConnectionTable(ServerOptions options, Ticker ticker) {
        this.options = options;
        this.ticker = ticker;
    }

    /** Takes a connection in; closes an idle one where a cap is passed, the new one itself where none is idle. */
    void admit(StreamConnection connection) {
        AddressBlock client = client(connection);
        open.add(connection);
        int ofClient = Objects.requireNonNull(perClient.merge(client, 1, Integer::sum));
        if (ofClient > options.maxConnectionsPerClient()) {
            leastUsed(each -> client(each).equals(client) && each != connection)
                    .orElse(connection)
                    .close(Closing.CROWDED_OUT);
        } else if (open.size() > options.maxConnections()) {
            leastUsed(each -> each != connection).orElse(connection).close(Closing.CROWDED_OUT);
        }
    }

    /** One IPv4 address, or one IPv6 network: every host of a /64 has as many addresses as it likes (RFC 7934). */
    private static AddressBlock client(StreamConnection connection) {
        InetAddress address = connection.client().address();
        return address instanceof Inet6Address
                ? new AddressBlock(address, IPV6_NETWORK_BITS)
                : AddressBlock.of(address);
    }

    private Optional<StreamConnection> leastUsed(Predicate<StreamConnection> among) {
        long now = ticker.nanoTime(); // only differences of such times compare
        return open.stream()
                .filter(StreamConnection::owesNothing)
                .filter(among)
                .max(Comparator.comparingLong(each -> now - each.lastUsed()));
    }

    /**
     * Gives a file descriptor back where one can be spared.
     *
     * @return whether one could
     */
    boolean closeLeastUsed() {
        Optional<StreamConnection> least = leastUsed(any -> true);
        least.ifPresent(each -> each.close(Closing.CROWDED_OUT));
        return least.isPresent();
    }

    /**
     * A connection takes more memory, or less. Where all of them together take too much, the one that takes most is closed:
     * it asks for more than it reads, or sends messages that do not end.
     */
    void weighed(int more) {
        held += more;
        while (held > options.maxOctetsInAll()) {
            Optional<StreamConnection> heaviest = open.stream().max(Comparator.comparingInt(StreamConnection::held));
            if (heaviest.isEmpty()) {
                return;
            }
            heaviest.get().close(Closing.CROWDED_OUT);
        }
    }

    /** Octets of memory that all connections take. */
    long held() {
        return held;
    }

    void remove(StreamConnection connection) {
        if (open.remove(connection)) {
            perClient.computeIfPresent(client(connection), (client, count) -> count == 1 ? null : count - 1);
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Closes every connection whose deadline has passed. */
    void checkDeadlines(long now) {
        List.copyOf(open).forEach(connection -> connection.checkDeadlines(now));
    }
}
