package dev.waypost.lookup;

import org.xbill.DNS.Name;

/** Which names a resolver holds. */
public interface ZoneView {
    /** Whether a zone of the resolver holds the name; other names are somebody else's to resolve. */
    boolean holds(Name qname);

    /**
     * Whether the name is held only by the zone of the root, that is by nothing that knows it: it can be asked for
     * elsewhere, which costs a query that leaves the process.
     */
    boolean leavesTheProcess(Name qname);

    /** What a source beside the records knows of a name's endpoints; none where there is no such source. */
    default Endpoints endpoints(Name service) {
        return Endpoints.NONE;
    }

    /** Whether somebody watches queries for the name: then each look-up is a query, and none is answered from an older one. */
    boolean isObserved(Name qname);
}
