package dev.waypost.lookup;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.xbill.DNS.Type;

/** Which addresses a look-up wants, and in which order; within a family the source's order stays. */
public enum AddressFamily {
    /** Both, IPv4 first. */
    IPV4_FIRST(Type.A, Type.AAAA),
    /** Both, IPv6 first. */
    IPV6_FIRST(Type.AAAA, Type.A),
    /** IPv4 only. */
    IPV4(Type.A),
    /** IPv6 only. */
    IPV6(Type.AAAA);

    private final List<Integer> qtypes;

    AddressFamily(Integer... qtypes) {
        this.qtypes = List.of(qtypes);
    }

    /** The types to ask for, in the order wanted. */
    List<Integer> qtypes() {
        return qtypes;
    }

    boolean has(InetAddress address) {
        return qtypes.contains(address instanceof Inet6Address ? Type.AAAA : Type.A);
    }
}
