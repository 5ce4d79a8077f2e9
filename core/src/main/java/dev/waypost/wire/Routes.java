package dev.waypost.wire;

import dev.waypost.Query;
import dev.waypost.tsig.TsigKeys;
import org.xbill.DNS.Name;

/** Finds the route of a question: by the longest zone that is a suffix of the name. */
public interface Routes {
    /**
     * The route of a question; where no zone matches, one whose resolver says REFUSED.
     *
     * @param qname absolute name, any letter case
     * @param qtype type code; DS belongs to the parent's side of a cut (RFC 4035 section 3.1.4.1)
     */
    Route route(Name qname, int qtype);

    /** The route of a query, where who asks decides among several. */
    default Route route(Query query) {
        return route(query.qname(), query.qtype());
    }

    /** The keys that queries may be signed with, whichever zone they ask for. */
    default TsigKeys keys() {
        return TsigKeys.NONE;
    }

    /** The route of a message in which no question could be read, for observers. */
    Route dropped();
}
