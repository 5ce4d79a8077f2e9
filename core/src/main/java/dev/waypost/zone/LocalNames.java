package dev.waypost.zone;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Names that no query should carry out of a host: {@code localhost.} and all below it (RFC 6761 section 6.3), and the
 * reverse names of the loopback, "this host" and broadcast addresses (RFC 6303 sections 4.3 and 4.4).
 *
 * <p>{@code localhost.} and the names below it have the loopback addresses, the reverse names of 127.0.0.1 and ::1 lead
 * back to it, and the rest of these zones is empty. Immutable, and safe for any number of threads.
 */
public final class LocalNames implements Resolver {
    private static final String NAME = "local";
    private static final int TTL_SECONDS = 604_800;
    private static final Name LOCALHOST = Name.fromConstantString("localhost.");
    private static final Map<Integer, byte[]> LOOPBACK = Map.of(
            Type.A, new byte[] {127, 0, 0, 1},
            Type.AAAA, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    private static final String APEX = "$TTL " + TTL_SECONDS + "\n"
            + "@ SOA localhost. root.localhost. 1 0 0 0 " + TTL_SECONDS + "\n"
            + "@ NS localhost.\n";
    private static final String IPV6_ZEROS = "0.".repeat(31) + "ip6.arpa.";

    private final List<AuthoritativeResolver> zones = new ArrayList<>();
    private final boolean prefix;

    /**
     * A resolver for local names.
     *
     * @param prefix whether names whose first label is {@code localhost} are local too: what a search list makes of
     *     {@code localhost}
     */
    public LocalNames(boolean prefix) {
        this.prefix = prefix;
        zone("localhost.", "@ A 127.0.0.1", "@ AAAA ::1", "* A 127.0.0.1", "* AAAA ::1");
        zone("0.in-addr.arpa.");
        zone("127.in-addr.arpa.", "1.0.0 PTR localhost.");
        zone("255.in-addr.arpa.");
        zone("0." + IPV6_ZEROS);
        zone("1." + IPV6_ZEROS, "@ PTR localhost.");
    }

    private void zone(String origin, String... lines) {
        String text = APEX + String.join("\n", lines) + "\n";
        StaticZone zone = ZoneFileReader.of(Name.fromConstantString(origin)).read(text, NAME);
        Resolver nowhere = query -> Fallthrough.FALLTHROUGH; // no alias leads out of these zones
        zones.add(new AuthoritativeResolver(zone, FallthroughZones.NONE, nowhere, NAME));
    }

    /** Whether a search list has made this name of {@code localhost}. */
    public static boolean isPrefixed(Name qname) {
        return qname.labels() > 2 && qname.getLabelString(0).equalsIgnoreCase("localhost") && !isBelowLocalhost(qname);
    }

    /** Whether a name is below {@code localhost.}, and not it. */
    public static boolean isBelowLocalhost(Name qname) {
        return qname.subdomain(LOCALHOST) && !qname.equals(LOCALHOST);
    }

    @Override
    public Resolution resolve(Query query) {
        if (prefix && query.qclass() == DClass.IN && isPrefixed(query.qname())) {
            return loopback(query);
        }
        Resolution resolution = Fallthrough.FALLTHROUGH;
        for (AuthoritativeResolver zone : zones) {
            resolution = resolution.orElse(() -> zone.resolve(query));
        }
        return resolution;
    }

    private static Response loopback(Query query) {
        byte[] address = LOOPBACK.get(query.qtype());
        Response response = Response.answer(Freshness.always()).withAnsweredBy(NAME);
        return address == null
                ? response.withAuthority(List.of(soa(query.qname())))
                : response.withAnswer(
                        List.of(RecordSet.ofRdata(query.qname(), query.qtype(), TTL_SECONDS, List.of(address))));
    }

    /** There is no zone to speak for; the name itself stands for one, as in CoreDNS. */
    private static RecordSet soa(Name qname) {
        Name contact = Name.fromConstantString("root.localhost.");
        return RecordSet.of(new SOARecord(qname, DClass.IN, TTL_SECONDS, LOCALHOST, contact, 1, 0, 0, 0, TTL_SECONDS));
    }
}
