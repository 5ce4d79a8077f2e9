package dev.waypost.forwarding;

import dev.waypost.ListenPoint;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.Token;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds upstreams that are this server itself: a loop that need not wait for the first query to be seen. */
final class OwnListener {
    private OwnListener() {}

    /** Refuses an upstream at which this server would take its own queries. */
    static void refuse(Token target, String option, UpstreamAddress upstream, BlockContext block) {
        at(upstream, block.listenPoints()).ifPresent(point -> {
            throw target.fault("'" + option + "' wants another server, found " + upstream.label()
                    + ", where this one listens (" + point + ")");
        });
    }

    /** The listen point, if there is one, at which this server would take its own queries. */
    static Optional<ListenPoint> at(UpstreamAddress upstream, List<ListenPoint> points) {
        InetSocketAddress address = upstream.address();
        String scheme = upstream.scheme().name().toLowerCase(Locale.ROOT);
        return upstream.isNamed()
                ? Optional.empty()
                : points.stream()
                        .filter(point -> point.scheme().equals(scheme) && point.port() == address.getPort())
                        .filter(point -> isAt(point.host(), address.getAddress()))
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
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
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
