package dev.waypost;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * Who asks, and where.
 *
 * @param address the source address of the query; the loopback address for a call in this JVM
 * @param port the source port, 0..65535; 0 for a call in this JVM
 * @param transport how the query arrived
 * @param server the address and port that the query was sent to; the loopback address and 0 for a call in this JVM
 * @param key name of the key that the query was signed with, found to be right (RFC 8945); empty without one
 */
public record Client(InetAddress address, int port, Transport transport, InetSocketAddress server, Optional<Name> key) {
    /** A caller in this JVM. */
    public static final Client IN_PROCESS = new Client(InetAddress.getLoopbackAddress(), 0, Transport.MEMORY);

    /** A client that has not proved who it is. */
    public Client(InetAddress address, int port, Transport transport, InetSocketAddress server) {
        this(address, port, transport, server, Optional.empty());
    }

    /** A client of whom it is not known where it sent its query. */
    public Client(InetAddress address, int port, Transport transport) {
        this(address, port, transport, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** The same client, its query signed with a key that was found to be right. */
    public Client withKey(Name name) {
        return new Client(address, port, transport, server, Optional.of(name));
    }
}
