package dev.waypost.forwarding;

import dev.waypost.ListenPoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** Finds upstreams that are this server itself: a loop that need not wait for the first query to be seen. */
final class OwnListener {
    private OwnListener() {}

    /** The listen point, if there is one, at which this server would take its own queries. */
    static Optional<ListenPoint> at(InetSocketAddress upstream, List<ListenPoint> points) {
        return points.stream()
                .filter(point -> point.scheme().equals("dns") && point.port() == upstream.getPort())
                .filter(point -> isAt(point.host(), upstream.getAddress()))
                .findFirst();
    }

    private static boolean isAt(String host, InetAddress address) {
        if (host.isEmpty()) {
            return isOfThisHost(address);
        }
        return AddressLiteral.address(host).map(address::equals).orElseGet(() -> isOfInterface(host, address));
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static boolean isOfInterface(String name, InetAddress address) {
        try {
            NetworkInterface named = NetworkInterface.getByName(name);
            return named != null && named.inetAddresses().anyMatch(address::equals);
        } catch (SocketException unknown) {
            return false;
        }
    }
}
