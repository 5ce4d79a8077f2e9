package dev.waypost.lookup;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, in a fixed number of slots: a program that asks for names without end cannot make it grow. Whether a
 * value is still true is its reader's to ask.
 *
 * <p>Each key has two slots to be in. Lock free and safe for any number of threads; a value may be lost in a race, which
 * costs making it anew.
 *
 * @param <K> compared with {@code equals}
 */
public final class Remembered<K, V> {
    private static final int OTHER_WAY = 1;
    private static final int MIX = 0x9E3779B9;

    private final @Nullable AtomicReferenceArray<@Nullable Slot<K, V>> slots;
    private final int mask;

    /**
     * Room for values.
     *
     * @param most rounded up to a power of two; 0 for a table that keeps nothing
     */
    public Remembered(int most) {
        if (most < 0 || most > 1 << 24) {
            throw new IllegalArgumentException("a table of answers wants 0..16777216 slots, found " + most);
        }
        int rounded = most == 0 ? 0 : Math.max(2, Integer.highestOneBit(2 * most - 1));
        this.slots = rounded == 0 ? null : new AtomicReferenceArray<>(rounded);
        this.mask = rounded - 1;
    }

    /** The value of a key; null where there is none. Allocates nothing. */
    public @Nullable V find(K key) {
        if (slots == null) {
            return null;
        }
        int home = home(key);
        Slot<K, V> first = slots.get(home);
        if (first != null && first.key.equals(key)) {
            return first.value;
        }
        Slot<K, V> second = slots.get(home ^ OTHER_WAY);
        return second != null && second.key.equals(key) ? second.value : null;
    }

    /** Keeps a value, in place of another key's where there is no room. */
    public void keep(K key, V value) {
        if (slots == null) {
            return;
        }
        int home = home(key);
        Slot<K, V> there = slots.get(home);
        boolean mine = there == null || there.key.equals(key);
        slots.set(mine ? home : home ^ OTHER_WAY, new Slot<>(key, value));
    }

    private int home(K key) {
        int hash = key.hashCode() * MIX;
        return (hash ^ hash >>> 16) & mask;
    }

    private record Slot<K, V>(K key, V value) {}
}
