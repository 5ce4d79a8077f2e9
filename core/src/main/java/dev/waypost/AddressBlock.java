package dev.waypost;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.xbill.DNS.Address;

/**
 * Addresses that begin with the same bits, as access rules name them: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one
 * address alone (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @param network the block's first address
 * @param prefixLength how many bits they have in common, 0..32 for IPv4 and 0..128 for IPv6
 */
public record AddressBlock(InetAddress network, int prefixLength) {
    public AddressBlock {
        byte[] octets = network.getAddress();
        if (prefixLength < 0 || prefixLength > octets.length * Byte.SIZE) {
            throw new IllegalArgumentException("an address block wants a prefix length 0.." + octets.length * Byte.SIZE
                    + ", found " + prefixLength);
        }
        clearFrom(octets, prefixLength);
        network = address(octets);
    }

    /** One address alone. */
    public static AddressBlock of(InetAddress address) {
        return new AddressBlock(address, address.getAddress().length * Byte.SIZE);
    }

    /**
     * A block or an address as it is written; bits behind the prefix do not matter.
     *
     * @throws IllegalArgumentException for anything else; a host name is never looked up
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] ipv4 = Address.toByteArray(literal, Address.IPv4);
        byte[] octets = ipv4 != null ? ipv4 : Address.toByteArray(literal, Address.IPv6);
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (octets == null || slash >= 0 && !length.matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    "an address, or an address block as 192.0.2.0/24, is wanted, found \"" + text + "\"");
        }
        return new AddressBlock(address(octets), slash < 0 ? octets.length * Byte.SIZE : Integer.parseInt(length));
    }

    /** Whether an address is in the block; one of the other family never is. */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        byte[] first = network.getAddress();
        if (octets.length != first.length) {
            return false;
        }
        clearFrom(octets, prefixLength);
        return Arrays.equals(octets, first);
    }

    /** Whether the block is one address. */
    public boolean isSingle() {
        return prefixLength == network.getAddress().length * Byte.SIZE;
    }

    @Override
    public String toString() {
        return isSingle() ? network.getHostAddress() : network.getHostAddress() + "/" + prefixLength;
    }

    private static void clearFrom(byte[] octets, int bit) {
        for (int i = bit / Byte.SIZE; i < octets.length; i++) {
            int kept = i == bit / Byte.SIZE ? bit % Byte.SIZE : 0;
            octets[i] &= (byte) (0xFF00 >>> kept);
        }
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
