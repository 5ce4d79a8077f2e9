package dev.waypost.layer;

import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Chooses the order of addresses in the ANSWER and ADDITIONAL sections for each reply: what {@link WeightedAddresses} and
 * {@link PreferredAddresses} have in common. A reply whose order was left to chance is never said again.
 */
abstract class AddressOrder implements Layer {
    /**
     * The order of a set of addresses.
     *
     * @return a permutation of its indices
     */
    abstract int[] order(RecordSet addresses);

    /** Whether another reply could have another order. */
    abstract boolean isByChance(RecordSet addresses);

    @Override
    public final Resolver over(Resolver next) {
        return query -> next.resolve(query).map(this::ordered);
    }

    private Response ordered(Response response) {
        if (response.rcode() != Rcode.NOERROR) {
            return response;
        }
        Response ordered =
                response.withAnswer(ordered(response.answer())).withAdditional(ordered(response.additional()));
        boolean byChance = isByChance(response.answer()) || isByChance(response.additional());
        return byChance ? ordered.withFreshness(Freshness.never()) : ordered;
    }

    private List<RecordSet> ordered(List<RecordSet> sets) {
        return sets.stream()
                .map(set -> hasOrder(set) ? set.inOrder(order(set)) : set)
                .toList();
    }

    private boolean isByChance(List<RecordSet> sets) {
        return sets.stream().anyMatch(set -> hasOrder(set) && isByChance(set));
    }

    private static boolean hasOrder(RecordSet set) {
        return set.size() > 1 && (set.type() == Type.A || set.type() == Type.AAAA);
    }

    static int[] indices(RecordSet set) {
        return IntStream.range(0, set.size()).toArray();
    }
}
