package dev.waypost.kubernetes.kubedns;

import dev.waypost.kubernetes.model.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code IP}, {@code IPv4:port} or {@code [IPv6]:port}; never a name, so nothing is looked up. */
final class ServerAddress {
    private static final Pattern WITH_PORT =
            Pattern.compile("(?:\\[(?<v6>[^]]*:[^]]*)]|(?<v4>[^:\\[]*)):(?<port>\\d{1,5})");
    private static final int MOST_PORT = 65_535;

    private ServerAddress() {}

    static Optional<InetSocketAddress> parse(String text) {
        IpAddress bare = IpAddress.parse(text);
        if (bare != null) {
            return Optional.of(socketAddress(bare, KubeDnsConfig.DNS_PORT));
        }
        Matcher parts = WITH_PORT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group("v6") != null ? parts.group("v6") : parts.group("v4");
        int port = Integer.parseInt(parts.group("port"));
        return port < 1 || port > MOST_PORT
                ? Optional.empty()
                : Optional.ofNullable(IpAddress.parse(host)).map(address -> socketAddress(address, port));
    }

    private static InetSocketAddress socketAddress(IpAddress address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.octets()), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // 4 or 16 octets
        }
    }
}
