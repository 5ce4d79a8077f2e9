package dev.waypost.kubernetes.snapshot;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copies share all but one path with it: a hash array mapped trie (Bagwell 2001),
 * 32 ways a level. Keys and values are not null; the order of entries is that of their hashes.
 *
 * @param <K> keys
 * @param <V> values
 */
final class PersistentMap<K, V> {
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;
    private static final int DEEPEST = 30;
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(new Node(0, new Object[0]), 0);

    private final Node root;
    private final int size;

    private PersistentMap(Node root, int size) {
        this.root = root;
        this.size = size;
    }

    /**
     * Pairs side by side: {@code key, value}, or {@code null, Node}. Below the last bits of the hash a node only lists
     * its pairs, and its bitmap counts for nothing.
     */
    private record Node(int bitmap, @Nullable Object[] pairs) {
        int slot(int bit) {
            return 2 * Integer.bitCount(bitmap & (bit - 1));
        }
    }

    @SuppressWarnings("unchecked") // holds nothing
    static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    int size() {
        return size;
    }

    /** The value of a key, or null. */
    @SuppressWarnings("unchecked") // only values of this type are put in
    @Nullable
    V get(K key) {
        int hash = spread(key);
        Node node = root;
        for (int shift = 0; shift <= DEEPEST; shift += BITS) {
            int bit = 1 << (hash >>> shift & MASK);
            if ((node.bitmap & bit) == 0) {
                return null;
            }
            int slot = node.slot(bit);
            Object found = node.pairs[slot];
            if (found != null) {
                return found.equals(key) ? (V) node.pairs[slot + 1] : null;
            }
            node = (Node) Objects.requireNonNull(node.pairs[slot + 1]);
        }
        int slot = listed(node, key);
        return slot < 0 ? null : (V) node.pairs[slot + 1];
    }

    /** A map that holds the pair too. */
    PersistentMap<K, V> with(K key, V value) {
        boolean known = get(key) != null;
        return new PersistentMap<>(put(root, 0, spread(key), key, value), known ? size : size + 1);
    }

    /** A map without the key. */
    PersistentMap<K, V> without(K key) {
        return get(key) == null ? this : new PersistentMap<>(take(root, 0, spread(key), key), size - 1);
    }

    /** Shows every pair. */
    void forEach(BiConsumer<? super K, ? super V> action) {
        anyMatch((key, value) -> {
            action.accept(key, value);
            return false;
        });
    }

    /** Whether a pair passes the test; stops at the first. */
    boolean anyMatch(BiPredicate<? super K, ? super V> test) {
        return anyMatch(root, test);
    }

    @SuppressWarnings("unchecked") // only pairs of these types are put in
    private static <K, V> boolean anyMatch(Node node, BiPredicate<? super K, ? super V> test) {
        for (int slot = 0; slot < node.pairs.length; slot += 2) {
            Object key = node.pairs[slot];
            Object value = Objects.requireNonNull(node.pairs[slot + 1]);
            if (key == null ? anyMatch((Node) value, test) : test.test((K) key, (V) value)) {
                return true;
            }
        }
        return false;
    }

    private static Node put(Node node, int shift, int hash, Object key, Object value) {
        if (shift > DEEPEST) {
            int slot = listed(node, key);
            return slot < 0 ? inserted(node, 0, 0, key, value) : replaced(node, slot, key, value);
        }
        int bit = 1 << (hash >>> shift & MASK);
        int slot = node.slot(bit);
        if ((node.bitmap & bit) == 0) {
            return inserted(node, bit, slot, key, value);
        }
        Object found = node.pairs[slot];
        Object held = Objects.requireNonNull(node.pairs[slot + 1]);
        if (found == null) {
            return replaced(node, slot, null, put((Node) held, shift + BITS, hash, key, value));
        }
        if (found.equals(key)) {
            return replaced(node, slot, key, value);
        }
        Node below = put(new Node(0, new Object[0]), shift + BITS, spread(found), found, held);
        return replaced(node, slot, null, put(below, shift + BITS, hash, key, value));
    }

    private static Node take(Node node, int shift, int hash, Object key) {
        if (shift > DEEPEST) {
            return removed(node, 0, listed(node, key));
        }
        int bit = 1 << (hash >>> shift & MASK);
        int slot = node.slot(bit);
        if (node.pairs[slot] != null) {
            return removed(node, bit, slot);
        }
        Node below = take((Node) Objects.requireNonNull(node.pairs[slot + 1]), shift + BITS, hash, key);
        if (below.pairs.length == 0) {
            return removed(node, bit, slot);
        }
        boolean lonePair = below.pairs.length == 2 && below.pairs[0] != null;
        return lonePair
                ? replaced(node, slot, below.pairs[0], Objects.requireNonNull(below.pairs[1]))
                : replaced(node, slot, null, below);
    }

    private static int listed(Node node, Object key) {
        for (int slot = 0; slot < node.pairs.length; slot += 2) {
            if (key.equals(node.pairs[slot])) {
                return slot;
            }
        }
        return -1;
    }

    private static Node inserted(Node node, int bit, int slot, Object key, Object value) {
        @Nullable Object[] pairs = new Object[node.pairs.length + 2];
        System.arraycopy(node.pairs, 0, pairs, 0, slot);
        pairs[slot] = key;
        pairs[slot + 1] = value;
        System.arraycopy(node.pairs, slot, pairs, slot + 2, node.pairs.length - slot);
        return new Node(node.bitmap | bit, pairs);
    }

    private static Node replaced(Node node, int slot, @Nullable Object key, Object value) {
        @Nullable Object[] pairs = node.pairs.clone();
        pairs[slot] = key;
        pairs[slot + 1] = value;
        return new Node(node.bitmap, pairs);
    }

    private static Node removed(Node node, int bit, int slot) {
        @Nullable Object[] pairs = Arrays.copyOf(node.pairs, node.pairs.length - 2);
        System.arraycopy(node.pairs, slot + 2, pairs, slot, pairs.length - slot);
        return new Node(node.bitmap & ~bit, pairs);
    }

    /** Hashes of addresses and short names differ in their low bits mostly; the trie wants all of them to. */
    private static int spread(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }
}
