package dev.waypost.zone;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a zone by their names: a hash table with open addressing, so that a look-up costs the same few steps
 * whatever the zone's size. Immutable.
 *
 * <p>Names are hashed with a number drawn for each table: nobody can choose names that all fall into one place.
 */
final class ZoneIndex {
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private final long multiplier;
    private final int[] hashes;
    private final byte[] @Nullable [] nodes;
    private int mostLabels;

    private ZoneIndex(long multiplier, int slots) {
        this.multiplier = multiplier;
        this.hashes = new int[slots];
        this.nodes = new byte[slots][];
    }

    /** An index over nodes of different names. */
    static ZoneIndex over(Collection<ZoneNode> nodes) {
        long multiplier;
        synchronized (RANDOM) {
            multiplier = RANDOM.nextLong() | 1;
        }
        // at most half full: a step or two find a name, and as few tell that there is none
        ZoneIndex index = new ZoneIndex(multiplier, Integer.highestOneBit(Math.max(1, nodes.size())) << 2);
        nodes.forEach(node -> index.add(node.octets()));
        return index;
    }

    private void add(byte[] node) {
        mostLabels = Math.max(mostLabels, WireNames.labels(node, ZoneNode.OWNER));
        int hash = hash(node, ZoneNode.OWNER, WireNames.end(node, ZoneNode.OWNER));
        int slot = hash & hashes.length - 1;
        while (nodes[slot] != null) {
            slot = slot + 1 & hashes.length - 1;
        }
        hashes[slot] = hash;
        nodes[slot] = node;
    }

    /**
     * The node of a name.
     *
     * @param name in wire form, to its end; letters in any case
     * @param from where it begins
     */
    @Nullable
    ZoneNode at(byte[] name, int from) {
        int hash = hash(name, from, name.length);
        int slot = hash & hashes.length - 1;
        for (byte[] node = nodes[slot]; node != null; node = nodes[slot]) {
            if (hashes[slot] == hash && isNamed(node, name, from)) {
                return new ZoneNode(node);
            }
            slot = slot + 1 & hashes.length - 1;
        }
        return null;
    }

    /** How many labels the longest name has, the root's empty one among them. */
    int mostLabels() {
        return mostLabels;
    }

    /** Every node, in no particular order. */
    Stream<ZoneNode> nodes() {
        return Arrays.stream(nodes).filter(Objects::nonNull).map(ZoneNode::new);
    }

    private static boolean isNamed(byte[] node, byte[] name, int from) {
        int length = name.length - from;
        if (node.length < ZoneNode.OWNER + length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(node[ZoneNode.OWNER + i]) != lower(name[from + i])) {
                return false;
            }
        }
        return true;
    }

    private int hash(byte[] octets, int from, int end) {
        long hash = 0;
        for (int i = from; i < end; i++) {
            hash = hash * multiplier + lower(octets[i]);
        }
        hash ^= hash >>> 32;
        return (int) (hash ^ hash >>> 15);
    }

    /** Lengths of labels are no letters, so a whole name may be taken octet by octet. */
    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }
}
