package dev.waypost.layer.rewrite;

import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.Query;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What an EDNS option holds that a rule puts into a query. */
public interface EdnsContent {
    /** The content for a query; empty where there is none, and then the rule is not for the query. */
    Optional<byte[]> of(Query query);

    /** For which other clients an answer may be repeated that this content led to. */
    default Freshness sharedWith(Client client) {
        return Freshness.always();
    }

    /** The same octets for every query. */
    static EdnsContent constant(byte... octets) {
        byte[] copy = octets.clone();
        return query -> Optional.of(copy.clone());
    }

    /** The QNAME as the client spelled it, in presentation form. */
    static EdnsContent qname() {
        return query -> Optional.of(query.qname().toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The QTYPE, two octets. */
    static EdnsContent qtype() {
        return query -> Optional.of(u16(query.qtype()));
    }

    /** {@code udp} or {@code tcp}; the image of a datagram never reaches a stream. */
    static EdnsContent protocol() {
        return query -> Optional.of(
                (query.client().transport().isDatagram() ? "udp" : "tcp").getBytes(StandardCharsets.US_ASCII));
    }

    /** The client's address, four or sixteen octets. */
    static EdnsContent clientAddress() {
        return ofClient(client -> client.address().getAddress());
    }

    /** The client's port, two octets. */
    static EdnsContent clientPort() {
        return ofClient(client -> u16(client.port()));
    }

    /** The address that the client asked, four or sixteen octets. */
    static EdnsContent serverAddress() {
        return ofClient(client -> client.server().getAddress().getAddress());
    }

    /** The port that the client asked, two octets. */
    static EdnsContent serverPort() {
        return ofClient(client -> u16(client.server().getPort()));
    }

    /** A label's value; none where nobody knows it. An answer is not repeated, as labels may change. */
    static EdnsContent label(String label) {
        return new EdnsContent() {
            @Override
            public Optional<byte[]> of(Query query) {
                return query.metadata().value(label).map(value -> value.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public Freshness sharedWith(Client client) {
                return Freshness.never();
            }
        };
    }

    /**
     * The client's subnet (RFC 7871 section 6).
     *
     * @param ipv4Bits how much of an IPv4 address is told, 0..32
     * @param ipv6Bits how much of an IPv6 address is told, 0..128
     */
    static EdnsContent subnet(int ipv4Bits, int ipv6Bits) {
        return ofClient(client -> {
            InetAddress address = client.address();
            return address instanceof Inet4Address
                    ? subnet(1, address.getAddress(), ipv4Bits)
                    : subnet(2, address.getAddress(), ipv6Bits);
        });
    }

    /** What depends on the client is shared by the clients of which it is the same. */
    private static EdnsContent ofClient(Function<Client, byte[]> content) {
        return new EdnsContent() {
            @Override
            public Optional<byte[]> of(Query query) {
                return Optional.of(content.apply(query.client()));
            }

            @Override
            public Freshness sharedWith(Client client) {
                byte[] own = content.apply(client);
                return Freshness.forClients(other -> Arrays.equals(own, content.apply(other)));
            }
        };
    }

    /** FAMILY, SOURCE PREFIX-LENGTH, SCOPE PREFIX-LENGTH 0, and as many octets of the address as the prefix has. */
    private static byte[] subnet(int family, byte[] address, int bits) {
        int octets = (bits + 7) / 8;
        byte[] option = new byte[4 + octets];
        option[1] = (byte) family;
        option[2] = (byte) bits;
        System.arraycopy(address, 0, option, 4, octets);
        if (bits % 8 != 0) {
            option[option.length - 1] &= (byte) (0xFF00 >>> bits % 8);
        }
        return option;
    }

    private static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }
}
