package dev.waypost.forwarding;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an upstream is, and how it is spoken to.
 *
 * @param scheme the protocol
 * @param address host and port; unresolved for a host name
 * @param serverName the name its certificate must hold; empty for the address itself
 * @param path of the URL, for {@link Scheme#HTTPS}; empty otherwise
 */
public record UpstreamAddress(Scheme scheme, InetSocketAddress address, String serverName, String path) {
    /** How an upstream is spoken to. */
    public enum Scheme {
        /** Datagrams, and TCP for what they do not hold. */
        DNS(53),
        /** TLS over TCP (RFC 7858). */
        TLS(853),
        /** HTTPS (RFC 8484). */
        HTTPS(443);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        /** The port where none is given. */
        public int port() {
            return port;
        }
    }

    static final String WANTED = "IP[:port], dns://IP[:port], tls://IP[%servername][:port], https://IP[:port][/path],"
            + " or a host name in place of IP";

    private static final String DEFAULT_PATH = "/dns-query";
    private static final Pattern SCHEME = Pattern.compile("(dns|tls|https)://(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@-]*)+");
    private static final Pattern SERVER_NAME = Pattern.compile("([^%]+)%([^%:]+)(:\\d+)?");

    /** A plain one. */
    public UpstreamAddress(InetSocketAddress address) {
        this(Scheme.DNS, address, "", "");
    }

    /**
     * Reads an address.
     *
     * @param text {@code 192.0.2.1}, {@code [2001:db8::1]:5353}, {@code dns://192.0.2.1}, {@code tls://192.0.2.1},
     *     {@code tls://192.0.2.1%dns.example:8853}, {@code https://192.0.2.1/dns-query}; a host name in place of the address
     * @throws IllegalArgumentException for anything else
     */
    public static UpstreamAddress of(String text) {
        return read(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "an upstream wants an address " + WANTED + "; found \"" + text + "\""));
    }

    static Optional<UpstreamAddress> read(String text) {
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return hostAndPort(text, Scheme.DNS).map(UpstreamAddress::new);
        }
        String rest = scheme.group(2);
        return switch (Scheme.valueOf(scheme.group(1).toUpperCase(Locale.ROOT))) {
            case DNS -> hostAndPort(rest, Scheme.DNS).map(UpstreamAddress::new);
            case TLS -> tls(rest);
            case HTTPS -> https(rest);
        };
    }

    private static Optional<UpstreamAddress> tls(String rest) {
        if (rest.indexOf('%') < 0) {
            return hostAndPort(rest, Scheme.TLS).map(at -> new UpstreamAddress(Scheme.TLS, at, "", ""));
        }
        Matcher named = SERVER_NAME.matcher(rest);
        if (!named.matches() || !HOST_NAME.matcher(named.group(2)).matches()) {
            return Optional.empty();
        }
        String port = named.group(3) == null ? "" : named.group(3);
        return hostAndPort(bracketed(named.group(1)) + port, Scheme.TLS)
                .map(at -> new UpstreamAddress(Scheme.TLS, at, named.group(2), ""));
    }

    /** In front of a server name an IPv6 address stands without brackets or with them; before a port it wants them. */
    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static Optional<UpstreamAddress> https(String rest) {
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 || slash == rest.length() - 1 ? DEFAULT_PATH : rest.substring(slash);
        return hostAndPort(host, Scheme.HTTPS)
                .filter(at -> PATH.matcher(path).matches())
                .map(at -> new UpstreamAddress(Scheme.HTTPS, at, "", path));
    }

    private static Optional<InetSocketAddress> hostAndPort(String text, Scheme scheme) {
        Optional<InetSocketAddress> literal = AddressLiteral.socketAddress(text, scheme.port());
        return literal.isPresent() ? literal : hostName(text, scheme);
    }

    private static Optional<InetSocketAddress> hostName(String text, Scheme scheme) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        Optional<Integer> port =
                colon < 0 ? Optional.of(scheme.port()) : AddressLiteral.port(text.substring(colon + 1));
        // What ends in a number can only be meant as an address.
        boolean isName = HOST_NAME.matcher(host).matches() && !host.matches("(.*\\.)?\\d+");
        return port.filter(each -> isName).map(each -> InetSocketAddress.createUnresolved(host, each));
    }

    /** Whether it is reached at a host name, to be resolved first. */
    public boolean isNamed() {
        return address.isUnresolved();
    }

    /** The same at an address found for its host name. */
    UpstreamAddress at(InetAddress found) {
        String name = serverName.isEmpty() ? address.getHostString() : serverName;
        return new UpstreamAddress(
                scheme, new InetSocketAddress(found, address.getPort()), scheme == Scheme.DNS ? "" : name, path);
    }

    /** The same with a server name, unless it has one. */
    UpstreamAddress withServerName(String name) {
        boolean takes = scheme != Scheme.DNS && serverName.isEmpty();
        return takes ? new UpstreamAddress(scheme, address, name, path) : this;
    }

    /** Host and port, as metrics and errors name it: {@code 192.0.2.1:53}, {@code [2001:db8::1]:53}. */
    public String label() {
        return isNamed() ? address.getHostString() + ":" + address.getPort() : AddressLiteral.format(address);
    }

    @Override
    public String toString() {
        String prefix = scheme == Scheme.DNS ? "" : scheme.name().toLowerCase(Locale.ROOT) + "://";
        return prefix + label() + path;
    }
}
