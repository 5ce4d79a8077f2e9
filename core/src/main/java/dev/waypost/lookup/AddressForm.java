package dev.waypost.lookup;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Addresses. One object a family, so that equality is cheap. */
final class AddressForm implements RecordsForm<List<InetAddress>> {
    private static final List<AddressForm> FORMS =
            Arrays.stream(AddressFamily.values()).map(AddressForm::new).toList();
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final AddressFamily family;

    private AddressForm(AddressFamily family) {
        this.family = family;
    }

    static AddressForm of(AddressFamily family) {
        return FORMS.get(family.ordinal());
    }

    @Override
    public List<Integer> qtypes() {
        return family.qtypes();
    }

    @Override
    public @Nullable List<InetAddress> read(List<Response> responses) {
        return orNull(addressesIn(responses.stream().flatMap(response -> response.answer().stream())));
    }

    @Override
    public @Nullable List<InetAddress> literal(String text) {
        return isLocalhost(text) ? loopback(text) : orNull(parsed(text));
    }

    /** A name that never leaves the host: RFC 6761 section 6.3. */
    private static boolean isLocalhost(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String lower = name.length() < "localhost".length() ? "" : name.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.endsWith(".localhost");
    }

    private List<InetAddress> loopback(String text) {
        return family.qtypes().stream()
                .map(qtype -> address(text, qtype == Type.A ? LOOPBACK_4 : LOOPBACK_6))
                .toList();
    }

    private List<InetAddress> parsed(String text) {
        boolean six = text.indexOf(':') >= 0;
        boolean maybe = six || !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
        byte[] octets = maybe ? Address.toByteArray(text, six ? Address.IPv6 : Address.IPv4) : null;
        InetAddress address = octets == null ? null : address(text, octets);
        return address == null || !family.has(address) ? List.of() : List.of(address);
    }

    private static @Nullable List<InetAddress> orNull(List<InetAddress> addresses) {
        return addresses.isEmpty() ? null : List.copyOf(addresses);
    }

    /** The addresses in RRsets, in their order. */
    static List<InetAddress> addressesIn(Stream<RecordSet> sets) {
        List<InetAddress> addresses = new ArrayList<>();
        sets.filter(set -> set.type() == Type.A || set.type() == Type.AAAA).forEach(set -> {
            String host = withoutFinalDot(set.owner());
            for (int i = 0; i < set.size(); i++) {
                addresses.add(address(host, set.rdata(i)));
            }
        });
        return addresses;
    }

    private static String withoutFinalDot(Name name) {
        return name.toString(true);
    }

    private static InetAddress address(String host, byte[] octets) {
        try {
            return InetAddress.getByAddress(host, octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + octets.length + " octets at " + host, impossible);
        }
    }

    @Override
    public String toString() {
        return "addresses";
    }
}
