package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.IpAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from addresses, whose changed copies share all but one path with it, and which knows the addresses of a
 * network without a look at the others: a tree of the bits that addresses differ in (Morrison 1968, PATRICIA), one for
 * each family.
 *
 * @param <V> values, not null
 */
final class AddressTrie<V> {
    /** How many addresses of a network are looked at, at most: a question must not cost as much as the cluster is big. */
    static final int MOST_LOOKED_AT = 256;

    private static final AddressTrie<?> EMPTY = new AddressTrie<>(null, null);

    private final @Nullable Node<V> v4;
    private final @Nullable Node<V> v6;

    private AddressTrie(@Nullable Node<V> v4, @Nullable Node<V> v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    private sealed interface Node<V> {}

    private record Leaf<V>(IpAddress address, V value) implements Node<V> {}

    /** All addresses below have the same bits before this one. */
    private record Fork<V>(int bit, Node<V> zero, Node<V> one) implements Node<V> {
        Node<V> side(int value) {
            return value == 0 ? zero : one;
        }

        Fork<V> with(int value, Node<V> side) {
            return value == 0 ? new Fork<>(bit, side, one) : new Fork<>(bit, zero, side);
        }
    }

    @SuppressWarnings("unchecked") // holds nothing
    static <V> AddressTrie<V> empty() {
        return (AddressTrie<V>) EMPTY;
    }

    /** One bit of an address, the first one is 0. */
    static int bit(IpAddress address, int index) {
        return address.octet(index / 8) >> 7 - index % 8 & 1;
    }

    private @Nullable Node<V> root(boolean wantsV4) {
        return wantsV4 ? v4 : v6;
    }

    private AddressTrie<V> withRoot(boolean ofV4, @Nullable Node<V> root) {
        return ofV4 ? new AddressTrie<>(root, v6) : new AddressTrie<>(v4, root);
    }

    /** The value of an address, or null. */
    @Nullable
    V get(IpAddress address) {
        Node<V> root = root(address.isV4());
        Leaf<V> nearest = root == null ? null : nearest(root, address);
        return nearest == null || !nearest.address().equals(address) ? null : nearest.value();
    }

    /** The leaf that shares the most bits of those that the tree asks for. */
    private static <V> Leaf<V> nearest(Node<V> from, IpAddress address) {
        Node<V> node = from;
        while (node instanceof Fork<V> fork) {
            node = fork.side(bit(address, fork.bit()));
        }
        return (Leaf<V>) node;
    }

    /** A map that holds the pair too. */
    AddressTrie<V> with(IpAddress address, V value) {
        Node<V> root = root(address.isV4());
        Leaf<V> leaf = new Leaf<>(address, value);
        if (root == null) {
            return withRoot(address.isV4(), leaf);
        }
        int differing = firstDifference(nearest(root, address).address(), address);
        return withRoot(address.isV4(), put(root, leaf, differing));
    }

    /** The first bit that differs; one more than there are where none does. */
    private static int firstDifference(IpAddress one, IpAddress other) {
        int bits = one.length() * 8;
        int index = 0;
        while (index < bits && bit(one, index) == bit(other, index)) {
            index++;
        }
        return index;
    }

    private static <V> Node<V> put(Node<V> node, Leaf<V> leaf, int differing) {
        if (node instanceof Fork<V> fork && fork.bit() < differing) {
            int side = bit(leaf.address(), fork.bit());
            return fork.with(side, put(fork.side(side), leaf, differing));
        }
        if (differing == leaf.address().length() * 8) {
            return leaf; // the address is known: its leaf is replaced
        }
        return bit(leaf.address(), differing) == 0
                ? new Fork<>(differing, leaf, node)
                : new Fork<>(differing, node, leaf);
    }

    /** A map without the address. */
    AddressTrie<V> without(IpAddress address) {
        Node<V> root = root(address.isV4());
        return root == null || get(address) == null ? this : withRoot(address.isV4(), take(root, address));
    }

    private static <V> @Nullable Node<V> take(Node<V> node, IpAddress address) {
        if (!(node instanceof Fork<V> fork)) {
            return null;
        }
        int side = bit(address, fork.bit());
        Node<V> rest = take(fork.side(side), address);
        return rest == null ? fork.side(1 - side) : fork.with(side, rest);
    }

    /**
     * Whether an address of the network passes the test; stops at the first. Also true where so many have failed that no
     * more are looked at: who asks must take a "yes" for the answer that denies nothing.
     */
    boolean anyUnder(AddressPrefix network, BiPredicate<IpAddress, V> test) {
        return anyUnder(network, test, MOST_LOOKED_AT);
    }

    /** The addresses of a network, in order. */
    List<IpAddress> under(AddressPrefix network) {
        List<IpAddress> all = new ArrayList<>();
        anyUnder(
                network,
                (address, value) -> {
                    all.add(address);
                    return false;
                },
                Integer.MAX_VALUE);
        return all;
    }

    private boolean anyUnder(AddressPrefix network, BiPredicate<IpAddress, V> test, int mostLookedAt) {
        Node<V> node = root(network.isV4());
        while (node instanceof Fork<V> fork && fork.bit() < network.bits()) {
            node = fork.side(network.bit(fork.bit()));
        }
        return node != null && network.contains(first(node).address()) && anyMatch(node, test, mostLookedAt);
    }

    private static <V> Leaf<V> first(Node<V> from) {
        Node<V> node = from;
        while (node instanceof Fork<V> fork) {
            node = fork.zero();
        }
        return (Leaf<V>) node;
    }

    private static <V> boolean anyMatch(Node<V> from, BiPredicate<IpAddress, V> test, int mostLookedAt) {
        Deque<Node<V>> open = new ArrayDeque<>();
        open.push(from);
        int lookedAt = 0;
        while (!open.isEmpty()) {
            Node<V> node = open.pop();
            if (node instanceof Fork<V> fork) {
                open.push(fork.one());
                open.push(fork.zero());
            } else if (node instanceof Leaf<V> leaf
                    && (lookedAt++ == mostLookedAt || test.test(leaf.address(), leaf.value()))) {
                return true;
            }
        }
        return false;
    }
}
