package dev.waypost.forwarding;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses written as literals. No name is ever looked up: the JVM's resolver may be this very library, and an upstream that
 * needs itself to be found is never found.
 */
final class AddressLiteral {
    static final int DNS_PORT = 53;

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int MAX_PORT = 65_535;

    private AddressLiteral() {}

    /** The address in {@code 192.0.2.1}, {@code 2001:db8::1} or {@code fe80::1%eth0}; a scope is left out, as in CoreDNS. */
    static Optional<InetAddress> address(String text) {
        int scope = text.lastIndexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        if (!IPV4.matcher(plain).matches() && !IPV6.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(plain)); // a literal by its form: the JDK looks nothing up
        } catch (UnknownHostException noLiteral) {
            return Optional.empty();
        }
    }

    /** Address and port in {@code IP}, {@code IPv4:port}, {@code [IPv6]:port}; port 53 where none is given. */
    static Optional<InetSocketAddress> socketAddress(String text) {
        return socketAddress(text, DNS_PORT);
    }

    /** The same with another port where none is given. */
    static Optional<InetSocketAddress> socketAddress(String text, int defaultPort) {
        Optional<InetAddress> bare = address(text);
        if (bare.isPresent()) {
            return bare.map(each -> new InetSocketAddress(each, defaultPort));
        }
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (bracketed && text.endsWith("]")) {
            return address(text.substring(1, text.length() - 1)).map(each -> new InetSocketAddress(each, defaultPort));
        }
        if (colon < 0 || bracketed && text.charAt(colon - 1) != ']') {
            return Optional.empty();
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        return port(text.substring(colon + 1))
                .flatMap(port -> address(host)
                        .filter(each -> bracketed == each instanceof Inet6Address)
                        .map(each -> new InetSocketAddress(each, port)));
    }

    /** A port in 1..65535. */
    static Optional<Integer> port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= MAX_PORT ? Optional.of(port) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** As metrics and errors name it: {@code 192.0.2.1:53}, {@code [2001:db8::1]:53}. */
    static String format(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
