package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * The records of one zone, in memory: what a backend implements, and all it implements.
 *
 * <p>A source never sees a message, an RCODE, EDNS or the next backend. All calls answer from memory in bounded time,
 * never block, and are safe for any number of threads.
 */
public interface RecordSource {
    /** The zone's apex, an absolute name; every name asked for is at or below it. */
    Name origin();

    /**
     * The SOA record of the apex: one record, its TTL as loaded. Negative answers carry it with the TTL that RFC 2308
     * section 3 gives; that is not the source's work. Return the same object until it changes. Not asked for while
     * {@link #find} says {@link Finding.NotReady}; a source that has none then may throw IllegalStateException.
     */
    RecordSet soa();

    /**
     * Finds what this zone holds for a name and type.
     *
     * @param qname absolute name at or below {@link #origin()}, any letter case
     * @param qtype type code, 1..65535 (RFC 6895 section 3.1); 255 (ANY) asks for any one RRset of the name
     * @return one of the six findings; a missing name is {@link Finding.NxDomain}, never an exception
     */
    Finding find(Name qname, int qtype);

    /**
     * What the records of a name are made from, for a person to read: {@code EndpointSlice shop/orders-1, version 42}.
     * Asked for only when an answer is explained.
     */
    default List<String> basis(Name qname, int qtype) {
        return List.of();
    }

    /**
     * How this source stands to where its records come from, as far as a name is concerned.
     *
     * @param qname absolute name at or below {@link #origin()}
     */
    default Standing standing(Name qname) {
        return Standing.IN_TOUCH;
    }
}
