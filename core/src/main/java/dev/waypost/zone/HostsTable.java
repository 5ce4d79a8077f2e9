package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Host names and their addresses, both ways, as one reading of the lines gave them. Immutable. */
final class HostsTable {
    private static final int IPV4_OCTETS = 4;
    private static final int MAPPED_PREFIX_OCTETS = 12;

    private final Map<Name, Map<Integer, RecordSet>> sets = new LinkedHashMap<>();
    private final Witness witness = new Witness();
    private final int entries;
    private final boolean hasWildcards;

    /**
     * @param lines {@code address name...}, {@code #} begins a comment; a line without an address is passed over, as
     *     every reader of /etc/hosts does
     * @param settings zones, TTL, and whether addresses lead back to names
     */
    HostsTable(List<String> lines, HostsResolver.Settings settings) {
        Map<Name, Map<Integer, Set<ByteBuffer>>> collected = new LinkedHashMap<>();
        for (String line : lines) {
            collect(line, settings, collected);
        }
        int count = 0;
        for (Map.Entry<Name, Map<Integer, Set<ByteBuffer>>> node : collected.entrySet()) {
            Map<Integer, RecordSet> types = new LinkedHashMap<>();
            for (Map.Entry<Integer, Set<ByteBuffer>> set : node.getValue().entrySet()) {
                List<byte[]> rdata =
                        set.getValue().stream().map(ByteBuffer::array).toList();
                types.put(set.getKey(), RecordSet.ofRdata(node.getKey(), set.getKey(), settings.ttlSeconds(), rdata));
                count += rdata.size();
            }
            sets.put(node.getKey(), types);
        }
        this.entries = count;
        this.hasWildcards = sets.keySet().stream().anyMatch(Name::isWild);
    }

    private static void collect(
            String line, HostsResolver.Settings settings, Map<Name, Map<Integer, Set<ByteBuffer>>> collected) {
        int comment = line.indexOf('#');
        String[] fields =
                (comment < 0 ? line : line.substring(0, comment)).trim().split("\\s+");
        byte[] address = address(fields[0]);
        if (address == null) {
            return;
        }
        int type = address.length == IPV4_OCTETS ? Type.A : Type.AAAA;
        for (int i = 1; i < fields.length; i++) {
            Name name = name(fields[i]);
            if (name == null || !settings.holds(name)) {
                continue;
            }
            put(collected, name, type, address);
            if (settings.reverse() && !name.isWild()) {
                put(collected, ReverseMap.fromAddress(address), Type.PTR, name.toWire());
            }
        }
    }

    private static void put(Map<Name, Map<Integer, Set<ByteBuffer>>> collected, Name owner, int type, byte[] octets) {
        collected
                .computeIfAbsent(owner, name -> new LinkedHashMap<>())
                .computeIfAbsent(type, code -> new LinkedHashSet<>())
                .add(ByteBuffer.wrap(octets));
    }

    private static byte @Nullable [] address(String field) {
        int zone = field.indexOf('%'); // fe80::1%lo0: an interface's name means nothing to a client
        String text = zone < 0 ? field : field.substring(0, zone);
        byte[] ipv4 = Address.toByteArray(text, Address.IPv4);
        if (ipv4 != null) {
            return ipv4;
        }
        byte[] ipv6 = Address.toByteArray(text, Address.IPv6);
        return ipv6 != null && isMapped(ipv6) ? Arrays.copyOfRange(ipv6, MAPPED_PREFIX_OCTETS, ipv6.length) : ipv6;
    }

    /** Whether it is an IPv4 address in IPv6 notation (RFC 4291 section 2.5.5.2). */
    private static boolean isMapped(byte[] ipv6) {
        for (int i = 0; i < MAPPED_PREFIX_OCTETS; i++) {
            if (ipv6[i] != (i < MAPPED_PREFIX_OCTETS - 2 ? 0 : -1)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Name name(String field) {
        try {
            return Name.fromString(field, Name.root);
        } catch (TextParseException unreadable) {
            return null;
        }
    }

    /** The RRsets of a name by type: its own, or those of {@code *} one label up; empty for a name not listed. */
    Map<Integer, RecordSet> find(Name qname) {
        Map<Integer, RecordSet> own = sets.get(qname);
        if (own != null) {
            return own;
        }
        return hasWildcards && qname.labels() > 1 ? sets.getOrDefault(qname.wild(1), Map.of()) : Map.of();
    }

    /** Ended when the lines were read again and say something else. */
    Witness witness() {
        return witness;
    }

    /** How many addresses and reverse names there are. */
    int entries() {
        return entries;
    }

    boolean sameAs(HostsTable other) {
        return sets.equals(other.sets);
    }
}
