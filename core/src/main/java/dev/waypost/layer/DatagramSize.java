package dev.waypost.layer;

import dev.waypost.Edns;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;

/**
 * Lowers the datagram size that clients offer in EDNS (CoreDNS's {@code bufsize}), so that neither our replies to them
 * nor those of an upstream are cut into fragments.
 *
 * <p>A smaller offer stays as it is, and so does a query without EDNS. Immutable, and safe for any number of threads.
 */
public final class DatagramSize implements Layer {
    /** What passes nearly every path unfragmented (RFC 9715 section 3), octets. */
    public static final int DEFAULT_OCTETS = 1232;

    private static final int LEAST_OCTETS = 512;
    private static final int MOST_OCTETS = 4096;

    private final int octets;

    /**
     * A layer with a bound.
     *
     * @param octets 512..4096
     */
    public DatagramSize(int octets) {
        if (octets < LEAST_OCTETS || octets > MOST_OCTETS) {
            throw new IllegalArgumentException(
                    "a datagram size wants " + LEAST_OCTETS + ".." + MOST_OCTETS + " octets, found " + octets);
        }
        this.octets = octets;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> query.edns().udpPayloadSize() > octets
                ? next.resolve(lowered(query)).map(this::lowered)
                : next.resolve(query);
    }

    private Query lowered(Query query) {
        Edns offer = query.edns();
        return query.withEdns(new Edns(offer.present(), octets, offer.dnssecOk(), offer.options()));
    }

    private Response lowered(Response response) {
        return response.withEnvelope(response.envelope().withDatagramOctets(octets));
    }
}
