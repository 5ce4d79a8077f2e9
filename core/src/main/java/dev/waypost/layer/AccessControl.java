package dev.waypost.layer;

import dev.waypost.AddressBlocks;
import dev.waypost.Client;
import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Allows, refuses, empties or drops queries by who asks and for which type (CoreDNS's {@code acl}).
 *
 * <p>The first policy that fits decides, and a query that none fits is allowed. What an allowed client is told says for
 * whom it may be repeated: to every client that the same policies allow, and to nobody else. So a reply image never
 * passes a rule by. Immutable, and safe for any number of threads.
 */
public final class AccessControl implements Layer {
    private static final String NAME = "acl";

    private final List<AccessRule> rules;
    private final BiConsumer<AccessRule.Action, Name> decided;

    /**
     * A layer with rules.
     *
     * @param rules looked at in this order
     * @param decided told of every decision, with the zone of the rule; the root where no rule had a say
     */
    public AccessControl(List<AccessRule> rules, BiConsumer<AccessRule.Action, Name> decided) {
        this.rules = List.copyOf(rules);
        this.decided = decided;
    }

    /** A layer with rules. */
    public AccessControl(AccessRule... rules) {
        this(List.of(rules), (action, zone) -> {});
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> {
            Decisions decisions = Decisions.of(rules, query);
            Decision decision = decisions.of(query.client());
            decided.accept(decision.action(), decision.zone());
            return switch (decision.action()) {
                case ALLOW -> decisions.bounded(next.resolve(query));
                case BLOCK -> withheld(Rcode.REFUSED, ExtendedError.BLOCKED);
                case FILTER -> withheld(Rcode.NOERROR, ExtendedError.FILTERED);
                case DROP -> Response.silence().withAnsweredBy(NAME);
            };
        };
    }

    private static Response withheld(int rcode, int why) {
        return Response.failure(rcode, why, "").withAnsweredBy(NAME);
    }

    /** What a rule does with a query, and for which zone it speaks. */
    private record Decision(AccessRule.Action action, Name zone) {
        static final Decision DEFAULT = new Decision(AccessRule.Action.ALLOW, Name.root);

        boolean isAllowed() {
            return action == AccessRule.Action.ALLOW;
        }
    }

    /** The policies that are left once a query's name and type are known: only who asks is open. */
    private record Decisions(List<Candidate> candidates) {
        private record Candidate(AccessRule.Policy policy, Name zone) {}

        static Decisions of(List<AccessRule> rules, Query query) {
            List<Candidate> candidates = new ArrayList<>();
            for (AccessRule rule : rules) {
                rule.zoneOf(query)
                        .ifPresent(zone -> rule.policies().stream()
                                .filter(policy -> policy.isForType(query.qtype()))
                                .forEach(policy -> candidates.add(new Candidate(policy, zone))));
            }
            return new Decisions(candidates);
        }

        Decision of(Client client) {
            for (Candidate candidate : candidates) {
                if (candidate.policy.clients().contains(client.address())) {
                    return new Decision(candidate.policy.action(), candidate.zone);
                }
            }
            return Decision.DEFAULT;
        }

        /** The resolution of an allowed query, to be said again to those that are allowed too. */
        Resolution bounded(Resolution resolution) {
            return candidates.stream().allMatch(candidate -> candidate.policy.clients() == AddressBlocks.ALL)
                    ? resolution
                    : resolution.bounded(
                            Freshness.forClients(client -> of(client).isAllowed()));
        }
    }
}
