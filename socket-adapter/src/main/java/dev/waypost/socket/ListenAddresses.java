package dev.waypost.socket;

import dev.waypost.ConfigurationException;
import dev.waypost.ListenPoint;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.xbill.DNS.Address;

/**
 * The local addresses behind listen points.
 *
 * <p>One socket an address rather than a wildcard: java.nio cannot say which address a datagram was sent to, and a reply
 * must leave from that address or the client will not take it (RFC 1035 section 7.3).
 */
final class ListenAddresses {
    private ListenAddresses() {}

    /**
     * Which address serves which listen point.
     *
     * <p>Points that name an address go before those that name an interface, and both before those that mean every
     * address: the more exact one gets the address, as the kernel would give it between a literal and a wildcard.
     *
     * @throws ConfigurationException for a host that is neither an address nor an interface, and for other schemes
     */
    static Map<LocalAddress, ListenPoint> of(List<ListenPoint> points) {
        Map<LocalAddress, ListenPoint> found = new LinkedHashMap<>();
        for (Breadth breadth : Breadth.values()) {
            for (ListenPoint point : points) {
                if (Breadth.of(point.host()) == breadth) {
                    breadth.addresses(point)
                            .forEach(address -> found.putIfAbsent(local(address, point, breadth), point));
                }
            }
        }
        return found;
    }

    private static LocalAddress local(InetAddress address, ListenPoint point, Breadth breadth) {
        // A link-local address may still be tentative (RFC 4862 section 5.4); nobody asked for it by name.
        boolean optional = breadth == Breadth.EVERY && address.isLinkLocalAddress();
        boolean encrypted = point.scheme().equals(ListenPoint.TLS);
        return new LocalAddress(new InetSocketAddress(address, point.port()), encrypted, optional);
    }

    private static ConfigurationException unusable(ListenPoint point, String fault) {
        return ConfigurationException.of(point.toString(), fault);
    }

    private enum Breadth {
        ADDRESS,
        INTERFACE,
        EVERY;

        static Breadth of(String host) {
            return switch (host) {
                case "", "0.0.0.0", "::" -> EVERY;
                default -> isLiteral(host) ? ADDRESS : INTERFACE;
            };
        }

        private static boolean isLiteral(String host) {
            return host.indexOf(':') >= 0 || Address.toByteArray(host, Address.IPv4) != null;
        }

        List<InetAddress> addresses(ListenPoint point) {
            if (!ListenPoint.SCHEMES.contains(point.scheme())) {
                throw unusable(point, "the scheme wants dns or tls, found \"" + point.scheme() + "\"");
            }
            try {
                return switch (this) {
                    case ADDRESS -> List.of(literal(point));
                    case INTERFACE -> named(point);
                    case EVERY -> every(point.host().equals("0.0.0.0") ? Inet4Address.class::isInstance : any -> true);
                };
            } catch (SocketException unreadable) {
                throw new UncheckedIOException(
                        "cannot list the network interfaces: " + unreadable.getMessage(), unreadable);
            }
        }

        private static InetAddress literal(ListenPoint point) {
            try {
                return InetAddress.getByName(point.host()); // a literal: nothing is looked up
            } catch (UnknownHostException unreadable) {
                throw unusable(point, "the host wants an address or an interface, found \"" + point.host() + "\"");
            }
        }

        private static List<InetAddress> named(ListenPoint point) throws SocketException {
            NetworkInterface named = NetworkInterface.getByName(point.host());
            if (named == null) {
                throw unusable(point, "the host wants an address or an interface, found \"" + point.host() + "\"");
            }
            return usable(named).toList();
        }

        private static List<InetAddress> every(Predicate<InetAddress> family) throws SocketException {
            return NetworkInterface.networkInterfaces()
                    .flatMap(Breadth::usable)
                    .filter(family)
                    .distinct()
                    .toList();
        }

        private static Stream<InetAddress> usable(NetworkInterface each) {
            try {
                return each.isUp()
                        ? each.inetAddresses().map(Breadth::asAsked).filter(Breadth::canBeBound)
                        : Stream.of();
            } catch (SocketException gone) {
                return Stream.of(); // the interface went away meanwhile
            }
        }

        /** The JDK gives every IPv6 address a scope; only link-local ones need it, and literals have none. */
        private static InetAddress asAsked(InetAddress address) {
            if (!(address instanceof Inet6Address) || address.isLinkLocalAddress()) {
                return address;
            }
            try {
                return InetAddress.getByAddress(address.getAddress());
            } catch (UnknownHostException impossible) {
                return address; // 16 octets are always an address
            }
        }

        private static boolean canBeBound(InetAddress address) {
            boolean scoped = address instanceof Inet6Address six && six.getScopeId() != 0;
            return !address.isAnyLocalAddress()
                    && !address.isMulticastAddress()
                    && (scoped || !address.isLinkLocalAddress() || address instanceof Inet4Address);
        }
    }
}
