package dev.waypost.layer;

import dev.waypost.RecordSet;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Puts one address of a name in front, by weights (CoreDNS's {@code loadbalance weighted}); the others keep their places.
 * An address without a weight has 1. Safe for any number of threads.
 */
public final class WeightedAddresses extends AddressOrder {
    private final Supplier<AddressWeights> weights;
    private final RandomGenerator random;

    /**
     * A layer with weights.
     *
     * @param weights asked for at each answer: a file may be read again
     * @param random safe for any number of threads
     */
    public WeightedAddresses(Supplier<AddressWeights> weights, RandomGenerator random) {
        this.weights = weights;
        this.random = random;
    }

    @Override
    int[] order(RecordSet addresses) {
        Map<String, Integer> known = weights.get().of(addresses.owner().toString());
        int[] weight = new int[addresses.size()];
        int sum = 0;
        for (int i = 0; i < weight.length; i++) {
            weight[i] = known == null ? 1 : AddressWeights.weight(known, addresses.rdata(i));
            sum += weight[i];
        }
        int first = 0;
        for (int left = random.nextInt(sum) - weight[0]; left >= 0; left -= weight[first]) {
            first++;
        }
        int[] order = indices(addresses);
        order[first] = 0;
        order[0] = first;
        return order;
    }

    @Override
    boolean isByChance(RecordSet addresses) {
        return true;
    }
}
