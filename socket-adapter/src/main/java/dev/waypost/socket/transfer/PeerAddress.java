package dev.waypost.socket.transfer;

import dev.waypost.AddressBlock;
import dev.waypost.corefile.Token;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where another name server is, as a Corefile writes it: {@code 192.0.2.1}, {@code 192.0.2.1:5353}, {@code [2001:db8::1]:53}. */
final class PeerAddress {
    private static final int DNS_PORT = 53;
    private static final int MOST_PORT = 65_535;

    /** An address in brackets or without colons, and a port. */
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\[\\]]*)\\]|([^:\\[\\]]*))(?::(\\d{1,5}))?");

    private PeerAddress() {}

    /** The address that a word names; a host name is never looked up. */
    static InetSocketAddress of(Token word) {
        Matcher parts = WITH_PORT.matcher(word.text());
        if (!parts.matches()) {
            return new InetSocketAddress(literal(word, word.text()), DNS_PORT); // an IPv6 address by itself
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        int port = parts.group(3) == null ? DNS_PORT : Integer.parseInt(parts.group(3));
        if (port == 0 || port > MOST_PORT) {
            throw word.fault("a port wants 1..65535, found \"" + word.text() + "\"");
        }
        return new InetSocketAddress(literal(word, host), port);
    }

    /** The address that a word names, which has no port. */
    static InetAddress literal(Token word) {
        return literal(word, word.text());
    }

    /** Whether a word can only be an address block. */
    static boolean isBlock(Token word) {
        return word.text().indexOf('/') >= 0;
    }

    private static InetAddress literal(Token word, String host) {
        try {
            AddressBlock block = AddressBlock.parse(host);
            if (host.indexOf('/') < 0) {
                return block.network();
            }
        } catch (IllegalArgumentException unusable) {
            // said below
        }
        throw word.fault(
                "an address as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53 is wanted, found \"" + word.text() + "\"");
    }
}
