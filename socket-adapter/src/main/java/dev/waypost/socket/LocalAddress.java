package dev.waypost.socket;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * An address and port to listen on.
 *
 * @param socket the address; port 0 lets the system choose one
 * @param encrypted whether TLS streams are served there (RFC 7858), and nothing else; otherwise datagrams and streams
 * @param optional whether the server may do without it when it cannot be bound
 */
record LocalAddress(InetSocketAddress socket, boolean encrypted, boolean optional) {
    /** The key under which it is kept from plan to plan; how it was found does not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LocalAddress that && encrypted == that.encrypted && socket.equals(that.socket);
    }

    @Override
    public int hashCode() {
        return socket.hashCode();
    }

    /** {@code 127.0.0.1:53}, {@code [::1]:53}. */
    @Override
    public String toString() {
        return written(socket);
    }

    /** An address and port as everybody writes them. */
    static String written(InetSocketAddress socket) {
        String host = socket.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + socket.getPort();
    }

    /** Where this host reaches a socket that is bound to an address: one that is bound to every address, at the loopback. */
    static InetSocketAddress reached(InetSocketAddress bound) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return bound;
        }
        return new InetSocketAddress(bound.getAddress() instanceof Inet6Address ? "::1" : "127.0.0.1", bound.getPort());
    }
}
