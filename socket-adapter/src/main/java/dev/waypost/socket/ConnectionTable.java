package dev.waypost.socket;

import dev.waypost.AddressBlock;
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
 * The open connections of all listeners, held to the caps: a new client is let in at the cost of the connection that is
 * idle for longest (RFC 7766 section 6.2.3 lets a server close idle ones at any time), and where none is, of one that has
 * sent no more than half a message. For the loop's thread alone.
 */
final class ConnectionTable {
    private static final int IPV6_NETWORK_BITS = 64;

    private final ServerOptions options;
    private final Set<StreamConnection> open = new LinkedHashSet<>();
    private final Map<AddressBlock, Integer> perClient = new HashMap<>();

    ConnectionTable(ServerOptions options) {
        this.options = options;
    }

    /** Takes a connection in; closes an idle one where a cap is passed, the new one itself where none is idle. */
    void admit(StreamConnection connection) {
        AddressBlock client = client(connection);
        open.add(connection);
        int ofClient = Objects.requireNonNull(perClient.merge(client, 1, Integer::sum));
        if (ofClient > options.maxConnectionsPerClient()) {
            leastBusy(each -> client(each).equals(client) && each != connection)
                    .orElse(connection)
                    .close(Closing.CROWDED_OUT);
        } else if (open.size() > options.maxConnections()) {
            leastBusy(each -> each != connection).orElse(connection).close(Closing.CROWDED_OUT);
        }
    }

    /** One IPv4 address, or one IPv6 network: every host of a /64 has as many addresses as it likes (RFC 7934). */
    private static AddressBlock client(StreamConnection connection) {
        InetAddress address = connection.client().address();
        return address instanceof Inet6Address
                ? new AddressBlock(address, IPV6_NETWORK_BITS)
                : AddressBlock.of(address);
    }

    private Optional<StreamConnection> leastBusy(Predicate<StreamConnection> among) {
        return oldest(among.and(StreamConnection::isIdle)).or(() -> oldest(among.and(StreamConnection::owesNothing)));
    }

    private Optional<StreamConnection> oldest(Predicate<StreamConnection> among) {
        long now = System.nanoTime(); // only differences of such times compare
        return open.stream().filter(among).max(Comparator.comparingLong(each -> now - each.lastActive()));
    }

    /**
     * Gives a file descriptor back where one can be spared.
     *
     * @return whether one could
     */
    boolean closeOldestIdle() {
        Optional<StreamConnection> oldest = leastBusy(any -> true);
        oldest.ifPresent(each -> each.close(Closing.CROWDED_OUT));
        return oldest.isPresent();
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
