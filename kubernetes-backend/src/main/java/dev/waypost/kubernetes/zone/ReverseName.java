package dev.waypost.kubernetes.zone;

import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.snapshot.AddressPrefix;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;

/**
 * What a name under {@code in-addr.arpa} (RFC 1035 section 3.5) or {@code ip6.arpa} (RFC 3596 section 2.5) stands for.
 */
public sealed interface ReverseName {
    /** The suffix of reverse names of IPv4 addresses. */
    Name V4 = Name.fromConstantString("in-addr.arpa.");

    /** The suffix of reverse names of IPv6 addresses. */
    Name V6 = Name.fromConstantString("ip6.arpa.");

    /** One address. */
    record Address(IpAddress address) implements ReverseName {
        @Override
        public Optional<AddressPrefix> network() {
            return Optional.of(new AddressPrefix(address.octets(), address.length() * Byte.SIZE));
        }
    }

    /**
     * A name above addresses.
     *
     * @param parts the octets or nibbles so far, the first one first
     * @param v4 whether they are octets
     */
    record Network(int[] parts, boolean v4) implements ReverseName {
        /** Whether an address's name is below this one. */
        public boolean contains(IpAddress address) {
            return prefix().contains(address);
        }

        @Override
        public Optional<AddressPrefix> network() {
            return Optional.of(prefix());
        }

        AddressPrefix prefix() {
            byte[] octets = new byte[v4 ? 4 : 16];
            for (int i = 0; i < parts.length; i++) {
                if (v4) {
                    octets[i] = (byte) parts[i];
                } else {
                    octets[i / 2] |= (byte) (i % 2 == 0 ? parts[i] << 4 : parts[i]);
                }
            }
            return new AddressPrefix(octets, parts.length * (v4 ? 8 : 4));
        }
    }

    /** No address has such a name. */
    record Impossible() implements ReverseName {
        @Override
        public Optional<AddressPrefix> network() {
            return Optional.empty();
        }
    }

    /** The addresses whose names are at or below this one; empty where none can be. */
    Optional<AddressPrefix> network();

    /** The name of an address. */
    static Name of(IpAddress address) {
        return ReverseMap.fromAddress(address.octets());
    }

    /** Whether a zone holds reverse names. */
    static boolean isReverse(Name origin) {
        return origin.subdomain(V4) || origin.subdomain(V6);
    }

    /** Reads a name at or below one of the two suffixes. */
    static ReverseName read(Name qname) {
        boolean v4 = qname.subdomain(V4);
        int count = qname.labels() - (v4 ? V4 : V6).labels();
        int most = v4 ? 4 : 32;
        if (count > most) {
            return new Impossible();
        }
        int[] parts = new int[count];
        for (int i = 0; i < count; i++) {
            int part = part(qname.getLabelString(count - 1 - i).toLowerCase(Locale.ROOT), v4);
            if (part < 0) {
                return new Impossible();
            }
            parts[i] = part;
        }
        return count == most ? new Address(v4 ? ofOctets(parts) : ofNibbles(parts)) : new Network(parts, v4);
    }

    private static int part(String label, boolean v4) {
        int most = v4 ? 3 : 1;
        if (label.length() > most || v4 && label.length() > 1 && label.startsWith("0")) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, v4 ? 10 : 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= 0xFF ? value : -1;
    }

    private static IpAddress ofOctets(int[] parts) {
        byte[] octets = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            octets[i] = (byte) parts[i];
        }
        return IpAddress.of(octets);
    }

    private static IpAddress ofNibbles(int[] parts) {
        byte[] octets = new byte[parts.length / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (parts[2 * i] << 4 | parts[2 * i + 1]);
        }
        return IpAddress.of(octets);
    }
}
