package dev.waypost.corefile;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Zones as a Corefile writes them: a name, or an address block in CIDR notation, which stands for its reverse zones
 * (RFC 1035 section 3.5, RFC 3596 section 2.5).
 *
 * <p>Reverse zones are cut at octets (IPv4) or nibbles (IPv6). A block between two cuts becomes all zones of the next
 * longer cut: {@code 10.0.0.0/27} is 32 zones, one an address.
 */
final class ReverseZones {
    private ReverseZones() {}

    /** The zones a word stands for, lower-case: one for a name, one or more for an address block. */
    static List<Name> of(Token zone) {
        int slash = zone.text().indexOf('/');
        if (slash > 0) {
            String address = zone.text().substring(0, slash);
            byte[] ipv4 = Address.toByteArray(address, Address.IPv4);
            byte[] octets = ipv4 != null ? ipv4 : Address.toByteArray(address, Address.IPv6);
            if (octets != null) {
                return ofBlock(octets, zone, zone.text().substring(slash + 1));
            }
        }
        return List.of(name(zone));
    }

    private static Name name(Token zone) {
        boolean printable = zone.text().chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':' && c != '"');
        if (zone.text().isEmpty() || !printable) {
            throw zone.fault("a zone wants a domain name in ASCII (A-labels, RFC 5890) or an address block, found \""
                    + zone.text() + "\"");
        }
        return zone.name("zone").canonicalize();
    }

    private static List<Name> ofBlock(byte[] address, Token zone, String length) {
        int bits = address.length * 8;
        int prefix = -1;
        if (length.matches("\\d{1,3}")) {
            prefix = Integer.parseInt(length);
        }
        if (prefix < 0 || prefix > bits) {
            throw zone.fault("an address block wants a prefix length 0.." + bits + ", found \"" + zone.text() + "\"");
        }
        int step = address.length == 4 ? 8 : 4;
        int digits = (prefix + step - 1) / step;
        int free = digits * step - prefix;
        List<Name> zones = new ArrayList<>(1 << free);
        for (int low = 0; low < 1 << free; low++) {
            zones.add(zone(address, digits, step, free, low));
        }
        return zones;
    }

    /** The zone of the first digits; the last digit's free bits are {@code low}. */
    private static Name zone(byte[] address, int digits, int step, int free, int low) {
        StringBuilder labels = new StringBuilder();
        for (int i = digits - 1; i >= 0; i--) {
            int digit = step == 8 ? address[i] & 0xff : address[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
            if (i == digits - 1) {
                digit = digit >> free << free | low;
            }
            labels.append(step == 8 ? Integer.toString(digit) : Integer.toHexString(digit))
                    .append('.');
        }
        try {
            return Name.fromString(labels + (step == 8 ? "in-addr.arpa." : "ip6.arpa."));
        } catch (TextParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
