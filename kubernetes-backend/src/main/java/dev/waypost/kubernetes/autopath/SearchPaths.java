package dev.waypost.kubernetes.autopath;

import dev.waypost.Freshness;
import dev.waypost.Query;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;

/** The search lists of clients. Safe for any number of threads; never blocks. */
interface SearchPaths {
    /** Whether the name can have been completed with the first element of some client's list. */
    boolean mayComplete(Name qname);

    /**
     * The list of the client that asks, without the bare name at its end.
     *
     * @return empty where the client has none, or where the name does not stand below its first element
     */
    List<Name> of(Query query);

    /** For how long a list can be taken for every other client's too. */
    Freshness freshness();

    /** What a client would ask after the first element: each further element in turn, and the name by itself. */
    static List<Name> namesBehindTheFirst(Name qname, List<Name> path) {
        Name typed = qname.relativize(path.get(0));
        return Stream.concat(path.stream().skip(1), Stream.of(Name.root))
                .flatMap(element -> joined(typed, element))
                .distinct()
                .filter(name -> !name.equals(qname))
                .toList();
    }

    private static Stream<Name> joined(Name typed, Name element) {
        try {
            return Stream.of(Name.concatenate(typed, element));
        } catch (NameTooLongException cannotExist) {
            return Stream.empty();
        }
    }

    /** Whether a name stands below an element: the element itself completes nothing. */
    static boolean isBelow(Name qname, Name element) {
        return qname.subdomain(element) && qname.labels() > element.labels();
    }
}
