package dev.waypost.lookup;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, in a fixed number of slots: a program that asks for names without end cannot make it grow. Whether a
 * value is still true is its reader's to ask.
 *
 * <p>Each key has eight slots to be in, as hashes of names that are counted through ({@code web-19}, {@code web-20}) are
 * often equal. Lock free and safe for any number of threads; a value may be lost in a race, which costs making it anew.
 *
 * @param <K> compared with {@code equals}
 */
public final class Remembered<K, V> {
    private static final int MOST_WAYS = 8;
    private static final int MIX = 0x9E3779B9;

    private final @Nullable AtomicReferenceArray<@Nullable Slot<K, V>> slots;
    private final int ways;
    private final int setMask;

    /**
     * Room for values.
     *
     * @param most rounded up to a power of two; 0 for a table that keeps nothing
     */
    public Remembered(int most) {
        if (most < 0 || most > 1 << 24) {
            throw new IllegalArgumentException("a table of answers wants 0..16777216 slots, found " + most);
        }
        int rounded = most == 0 ? 0 : Integer.highestOneBit(2 * most - 1);
        this.slots = rounded == 0 ? null : new AtomicReferenceArray<>(rounded);
        this.ways = Math.min(MOST_WAYS, rounded);
        this.setMask = rounded - ways;
    }

    /** The value of a key; null where there is none. Allocates nothing. */
    public @Nullable V find(K key) {
        if (slots == null) {
            return null;
        }
        int hash = hash(key);
        int set = hash & setMask;
        for (int slot = set; slot < set + ways; slot++) {
            Slot<K, V> there = slots.getAcquire(slot);
            if (there == null) {
                return null; // a set fills from its first slot on, and none is emptied again
            }
            if (there.holds(hash, key)) {
                return there.value;
            }
        }
        return null;
    }

    /** Keeps a value, in place of any other where there is no room. */
    public void keep(K key, V value) {
        if (slots == null) {
            return;
        }
        int hash = hash(key);
        slots.setRelease(slotFor(slots, hash, key), new Slot<>(hash, key, value));
    }

    private int slotFor(AtomicReferenceArray<@Nullable Slot<K, V>> filled, int hash, K key) {
        int set = hash & setMask;
        for (int slot = set; slot < set + ways; slot++) {
            Slot<K, V> there = filled.getAcquire(slot);
            if (there == null || there.holds(hash, key)) {
                return slot;
            }
        }
        return set + ThreadLocalRandom.current().nextInt(ways);
    }

    private static int hash(Object key) {
        int hash = key.hashCode() * MIX;
        return hash ^ hash >>> 16;
    }

    private record Slot<K, V>(int hash, K key, V value) {
        boolean holds(int otherHash, K other) {
            return hash == otherHash && key.equals(other);
        }
    }
}
