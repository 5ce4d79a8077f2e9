package dev.waypost.kubernetes.autopath;

import dev.waypost.Freshness;
import dev.waypost.Query;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * One search list for all clients, from a resolv.conf.
 *
 * @param domains at least one
 */
record FixedPath(List<Name> domains) implements SearchPaths {
    FixedPath {
        domains = List.copyOf(domains);
    }

    @Override
    public boolean mayComplete(Name qname) {
        return SearchPaths.isBelow(qname, domains.get(0));
    }

    @Override
    public List<Name> of(Query query) {
        return mayComplete(query.qname()) ? domains : List.of();
    }

    @Override
    public Freshness freshness() {
        return Freshness.always();
    }
}
