package dev.waypost.forwarding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which upstream a question goes to first; the others follow when it fails. */
public enum UpstreamPolicy {
    /** Any, each time anew. */
    RANDOM,
    /** Each in its turn. */
    ROUND_ROBIN,
    /** Always the first that works, in the order given. */
    SEQUENTIAL;

    /**
     * The order in which to ask.
     *
     * @param turn a number that grows by one from question to question
     */
    <T> List<T> order(List<T> upstreams, int turn, Random random) {
        List<T> order = new ArrayList<>(upstreams);
        switch (this) {
            case RANDOM -> Collections.shuffle(order, random);
            case ROUND_ROBIN -> Collections.rotate(order, -Math.floorMod(turn, order.size()));
            case SEQUENTIAL -> {} // as given
        }
        return order;
    }
}
