package dev.waypost.layer;

import dev.waypost.Layer;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import org.xbill.DNS.Rcode;

/**
 * Takes AUTHORITY and ADDITIONAL out of answers that have what was asked for (CoreDNS's {@code minimal}).
 *
 * <p>Denials keep their SOA, referrals their name servers and glue, failures what they say: none of these works without.
 * Immutable, and safe for any number of threads.
 */
public final class MinimalResponses implements Layer {
    /** Smaller answers of whatever resolver is underneath. */
    public MinimalResponses() {}

    @Override
    public Resolver over(Resolver next) {
        return query -> next.resolve(query).map(MinimalResponses::smaller);
    }

    private static Response smaller(Response response) {
        boolean positive =
                response.rcode() == Rcode.NOERROR && !response.answer().isEmpty();
        return positive ? response.withAuthority(List.of()).withAdditional(List.of()) : response;
    }
}
