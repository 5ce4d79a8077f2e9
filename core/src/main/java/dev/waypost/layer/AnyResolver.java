package dev.waypost.layer;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import org.xbill.DNS.DClass;
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.Type;

/**
 * Answers every query for ANY with one small HINFO record (RFC 8482 section 4.2), in CoreDNS's words: no amplification,
 * and a client that asks learns where to read why. Everything else falls through. Immutable.
 */
public final class AnyResolver implements Resolver {
    private static final int TTL_SECONDS = 8482;

    /** A resolver that answers ANY. */
    public AnyResolver() {}

    @Override
    public Resolution resolve(Query query) {
        if (query.qtype() != Type.ANY || query.qclass() != DClass.IN) {
            return Fallthrough.FALLTHROUGH;
        }
        RecordSet hinfo =
                RecordSet.of(new HINFORecord(query.qname(), DClass.IN, TTL_SECONDS, "ANY obsoleted", "See RFC 8482"));
        return Response.answer(Freshness.always(), hinfo).withAnsweredBy("any");
    }
}
