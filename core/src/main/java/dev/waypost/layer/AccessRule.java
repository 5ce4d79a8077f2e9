package dev.waypost.layer;

import dev.waypost.AddressBlocks;
import dev.waypost.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * What to do with some queries.
 *
 * @param zones for names at or below one of these
 * @param policies looked at in this order; the first that fits decides, and where none does the rule has no say
 */
public record AccessRule(List<Name> zones, List<Policy> policies) {
    /** What may be done with a query. */
    public enum Action {
        /** Answer it; no later rule is looked at. */
        ALLOW,
        /** Say REFUSED. */
        BLOCK,
        /** Say NOERROR without records. */
        FILTER,
        /** Say nothing. */
        DROP
    }

    /**
     * One line of a rule.
     *
     * @param types query types it is for; none for every type
     * @param clients addresses it is for
     */
    public record Policy(Action action, Set<Integer> types, AddressBlocks clients) {
        public Policy {
            types = Set.copyOf(types);
        }

        boolean isForType(int qtype) {
            return types.isEmpty() || types.contains(qtype);
        }
    }

    public AccessRule {
        zones = List.copyOf(zones);
        policies = List.copyOf(policies);
    }

    /** The first of the zones that holds the name of a query. */
    Optional<Name> zoneOf(Query query) {
        return zones.stream().filter(query.qname()::subdomain).findFirst();
    }
}
