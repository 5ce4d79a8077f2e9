package dev.waypost.zone;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a zone by their names: a hash table with open addressing over one array of octets, so that a look-up costs
 * the same few steps whatever the zone's size, and a zone is two objects to the garbage collector. Immutable.
 *
 * <p>Names are hashed with a number drawn for each table: nobody can choose names that all fall into one place.
 */
final class ZoneIndex {
    private static final SplittableRandom RANDOM = new SplittableRandom();

    /** No slot has this content: at its place the first node is {@code 0 + 1}. */
    private static final long FREE = 0;

    private final long multiplier;
    private final byte[] octets;

    /** In a slot: the name's hash in the upper half, one more than where its node begins in the lower. */
    private final long[] slots;

    private int mostLabels;

    private ZoneIndex(long multiplier, int octets, int slots) {
        this.multiplier = multiplier;
        this.octets = new byte[octets];
        this.slots = new long[slots];
    }

    /** An index over nodes of different names, which have less than 2^31 octets in all. */
    static ZoneIndex over(List<ZoneNode> nodes) {
        long multiplier;
        synchronized (RANDOM) {
            multiplier = RANDOM.nextLong() | 1;
        }
        int octets = nodes.stream().mapToInt(ZoneNode::length).reduce(0, Math::addExact);
        // at most half full: a step or two find a name, and as few tell that there is none
        ZoneIndex index = new ZoneIndex(multiplier, octets, Integer.highestOneBit(Math.max(1, nodes.size())) << 2);
        int at = 0;
        for (ZoneNode node : nodes) {
            System.arraycopy(node.octets(), node.from(), index.octets, at, node.length());
            index.add(new ZoneNode(index.octets, at));
            at += node.length();
        }
        return index;
    }

    private void add(ZoneNode node) {
        int owner = node.ownerFrom();
        mostLabels = Math.max(mostLabels, WireNames.labels(octets, owner));
        int hash = hash(octets, owner, WireNames.end(octets, owner));
        int slot = hash & slots.length - 1;
        while (slots[slot] != FREE) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = (long) hash << Integer.SIZE | node.from() + 1;
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
        int slot = hash & slots.length - 1;
        for (long content = slots[slot]; content != FREE; content = slots[slot]) {
            if ((int) (content >>> Integer.SIZE) == hash) {
                ZoneNode node = node(content);
                if (isNamed(node.ownerFrom(), name, from)) {
                    return node;
                }
            }
            slot = slot + 1 & slots.length - 1;
        }
        return null;
    }

    private ZoneNode node(long content) {
        return new ZoneNode(octets, (int) content - 1);
    }

    /** How many labels the longest name has, the root's empty one among them. */
    int mostLabels() {
        return mostLabels;
    }

    /** Every node, in no particular order. */
    Stream<ZoneNode> nodes() {
        return Arrays.stream(slots).filter(content -> content != FREE).mapToObj(this::node);
    }

    /** Names end with an empty label: where all octets are the same, the owner ends there too. */
    private boolean isNamed(int owner, byte[] name, int from) {
        int length = name.length - from;
        if (octets.length - owner < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(octets[owner + i]) != lower(name[from + i])) {
                return false;
            }
        }
        return true;
    }

    private int hash(byte[] name, int from, int end) {
        long hash = 0;
        for (int i = from; i < end; i++) {
            hash = hash * multiplier + lower(name[i]);
        }
        hash ^= hash >>> 32;
        return (int) (hash ^ hash >>> 15);
    }

    /** Lengths of labels are no letters, so a whole name may be taken octet by octet. */
    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }
}
