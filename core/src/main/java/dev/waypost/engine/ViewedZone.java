package dev.waypost.engine;

import dev.waypost.Client;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;

/**
 * The plans that serve one zone at one door, told apart by their views. What one says is repeated to clients who would be
 * sent to the same one, and to nobody else.
 */
final class ViewedZone implements Resolver {
    private final Name origin;
    private final List<ZonePlan> plans;
    private final boolean conditional;
    private final boolean lasting;

    /**
     * @param plans at least one; of several without a condition the first counts
     */
    ViewedZone(Name origin, List<ZonePlan> plans) {
        this.origin = origin;
        this.plans = Stream.concat(
                        plans.stream().filter(plan -> plan.view().isConditional()),
                        plans.stream()
                                .filter(plan -> !plan.view().isConditional())
                                .limit(1))
                .toList();
        this.conditional = this.plans.stream().anyMatch(plan -> plan.view().isConditional());
        this.lasting = this.plans.stream().allMatch(plan -> plan.view().lasting());
    }

    Name origin() {
        return origin;
    }

    List<ZonePlan> plans() {
        return plans;
    }

    /** The plan that answers whatever a query says else; empty where each wants to know more. */
    Optional<ZonePlan> unconditional() {
        return plans.stream().filter(plan -> !plan.view().isConditional()).findFirst();
    }

    /** The plan for a query; empty where none is. */
    Optional<ZonePlan> planFor(Query query) {
        return conditional
                ? plans.stream()
                        .filter(plan -> plan.view().condition().test(query))
                        .findFirst()
                : Optional.of(plans.get(0));
    }

    @Override
    public Resolution resolve(Query query) {
        if (!conditional) {
            return plans.get(0).resolver().resolve(query);
        }
        Optional<ZonePlan> plan = planFor(query);
        Resolution resolution =
                plan.isEmpty() ? Fallthrough.FALLTHROUGH : plan.get().resolver().resolve(query);
        return resolution.bounded(
                lasting ? Freshness.forClients(client -> planFor(query, client).equals(plan)) : Freshness.never());
    }

    private Optional<ZonePlan> planFor(Query query, Client client) {
        return planFor(query.withClient(client));
    }
}
