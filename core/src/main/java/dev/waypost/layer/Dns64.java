package dev.waypost.layer;

import dev.waypost.AddressBlock;
import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Makes AAAA records of A records for hosts that have no IPv6 address, so that clients behind a NAT64 reach them (RFC
 * 6147).
 *
 * <p>An answer that was, or was not, translated for its client's address family is repeated to clients of that family
 * only. Immutable, and safe for any number of threads.
 */
public final class Dns64 implements Layer {
    /** The prefix that every NAT64 may use (RFC 6052 section 2.1). */
    public static final AddressBlock WELL_KNOWN = AddressBlock.parse("64:ff9b::/96");

    private static final List<Integer> PREFIX_LENGTHS = List.of(32, 40, 48, 56, 64, 96);
    private static final int MOST_TTL_WITHOUT_SOA = 600; // RFC 6147 section 5.1.7
    private static final int RESERVED_OCTET = 8; // bits 64 to 71 are zero: RFC 6052 section 2.2

    private final AddressBlock prefix;
    private final boolean translateAll;
    private final boolean allowIpv4;
    private final Runnable translated;

    /**
     * A layer with a prefix.
     *
     * @param prefix IPv6, of 32, 40, 48, 56, 64 or 96 bits (RFC 6052 section 2.2)
     * @param translateAll whether AAAA records that a name has are put aside for those of its A records
     * @param allowIpv4 whether clients that ask over IPv4 get translated addresses too
     * @param translated told of every translated answer
     */
    public Dns64(AddressBlock prefix, boolean translateAll, boolean allowIpv4, Runnable translated) {
        if (!(prefix.network() instanceof Inet6Address) || !PREFIX_LENGTHS.contains(prefix.prefixLength())) {
            throw new IllegalArgumentException("a DNS64 prefix wants an IPv6 block of " + PREFIX_LENGTHS
                    + " bits (RFC 6052 section 2.2), found " + prefix);
        }
        this.prefix = prefix;
        this.translateAll = translateAll;
        this.allowIpv4 = allowIpv4;
        this.translated = translated;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> mayNeedAddresses(query)
                ? next.resolve(query).flatMap(response -> judged(query, response, next))
                : next.resolve(query);
    }

    private static boolean mayNeedAddresses(Query query) {
        // Who validates by itself would reject what it did not get from the zone: RFC 6147 section 5.5.
        boolean validates = query.checkingDisabled() && query.edns().dnssecOk();
        return query.qtype() == Type.AAAA && query.qclass() == DClass.IN && !validates;
    }

    private Resolution judged(Query query, Response response, Resolver next) {
        boolean hasOwn = response.answer().stream().anyMatch(set -> set.type() == Type.AAAA);
        if (response.rcode() == Rcode.NXDOMAIN || hasOwn && !translateAll) {
            return response; // a name that does not exist has no A records either: section 5.1.2
        }
        if (allowIpv4) {
            return addresses(query, response, next);
        }
        boolean ipv6 = isIpv6(query.client());
        Resolution resolution = ipv6 ? addresses(query, response, next) : response;
        return resolution.bounded(Freshness.forClients(client -> isIpv6(client) == ipv6));
    }

    private static boolean isIpv6(Client client) {
        return client.address() instanceof Inet6Address;
    }

    private Resolution addresses(Query query, Response own, Resolver next) {
        return next.resolve(query.withQtype(Type.A))
                .map(ipv4 -> translated(own, ipv4))
                .orElse(() -> own);
    }

    /** The A answer with AAAA records instead; where it has none, what was said of AAAA stays. */
    private Response translated(Response own, Response ipv4) {
        Freshness both = own.freshness().and(ipv4.freshness());
        if (ipv4.answer().stream().noneMatch(set -> set.type() == Type.A)) {
            return own.withFreshness(both);
        }
        translated.run();
        int most = own.authority().stream()
                .filter(set -> set.type() == Type.SOA)
                .mapToInt(RecordSet::ttlSeconds)
                .findFirst()
                .orElse(MOST_TTL_WITHOUT_SOA);
        List<RecordSet> answer = ipv4.answer().stream()
                .map(set -> set.type() == Type.A ? translated(set, most) : set)
                .toList();
        return ipv4.withAnswer(answer).withFreshness(both);
    }

    private RecordSet translated(RecordSet set, int mostTtl) {
        List<byte[]> addresses = new ArrayList<>(set.size());
        for (int i = 0; i < set.size(); i++) {
            addresses.add(embedded(set.rdata(i)));
        }
        return RecordSet.ofRdata(set.owner(), Type.AAAA, Math.min(mostTtl, set.ttlSeconds()), addresses);
    }

    /** RFC 6052 section 2.2: the IPv4 address behind the prefix, around the reserved octet. */
    private byte[] embedded(byte[] ipv4) {
        byte[] address = prefix.network().getAddress();
        int at = prefix.prefixLength() / Byte.SIZE;
        for (byte octet : ipv4) {
            at += at == RESERVED_OCTET ? 1 : 0;
            address[at++] = octet;
        }
        return address;
    }
}
