package dev.waypost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Rcode;

/** Puts an alias in front of what it leads to. */
final class AliasChain {
    private AliasChain() {}

    /**
     * One reply from an alias and its end.
     *
     * @param link the alias alone, with the RCODE, AA bit, freshness and staleness of its zone
     * @param end what its target says; REFUSED where nobody answers for the target
     */
    static Response joined(Response link, Response end) {
        boolean nobodys = end.rcode() == Rcode.REFUSED;
        return new Response(
                nobodys ? Rcode.NOERROR : end.rcode(), // the last name's: RFC 6604 section 3
                link.authoritative(), // speaks of the first owner: RFC 1035 section 4.1.1
                end.recursionAvailable(),
                chain(link.answer(), end.answer()),
                end.authority(), // the SOA of the zone where the chain ended: RFC 2308 section 2.1
                end.additional(),
                nobodys ? link.extendedErrors() : errors(link.extendedErrors(), end.extendedErrors()),
                link.freshness().and(end.freshness()),
                link.staleness().and(end.staleness()),
                end.rotatable(),
                link.answeredBy(),
                nobodys ? link.envelope() : end.envelope(),
                Optional.empty());
    }

    /** Both zones' remarks; what both say, as two names of one zone do, once. */
    private static List<ExtendedError> errors(List<ExtendedError> links, List<ExtendedError> ends) {
        return links.isEmpty() || links.equals(ends)
                ? ends
                : Stream.concat(links.stream(), ends.stream()).distinct().toList();
    }

    private static List<RecordSet> chain(List<RecordSet> links, List<RecordSet> rest) {
        List<RecordSet> chain = new ArrayList<>(links.size() + rest.size());
        chain.addAll(links);
        for (RecordSet set : rest) {
            // A DNAME that moved the name twice is one record all the same.
            if (!contains(links, set)) {
                chain.add(set);
            }
        }
        return chain;
    }

    private static boolean contains(List<RecordSet> sets, RecordSet wanted) {
        for (RecordSet set : sets) {
            if (set.type() == wanted.type() && set.owner().equals(wanted.owner())) {
                return true;
            }
        }
        return false;
    }
}
