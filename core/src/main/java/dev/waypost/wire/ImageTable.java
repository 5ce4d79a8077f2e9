package dev.waypost.wire;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reply images by key, in a fixed number of slots: a flood of random names can push images out and never adds a slot.
 *
 * <p>Each key has two slots to be in. An image that was replayed since a rival last asked for its slot stays, so names
 * asked once do not push out names asked often. Lock free; safe for any number of threads. An image may be lost in a
 * race, which costs one rendering.
 */
final class ImageTable {
    private static final int WAYS = 2;
    private static final int NOWHERE = -1;

    private final @Nullable AtomicReferenceArray<@Nullable Image> slots;
    /** Whether a slot's image was replayed lately; a lost write costs nothing but a worse choice. */
    private final boolean[] replayed;

    private final int setMask;
    /** Differs from table to table, so that nobody can choose names that share their slots. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    /**
     * @param slots rounded up to a power of two; 0 for a table that keeps nothing
     */
    ImageTable(int slots) {
        if (slots < 0 || slots > 1 << 28) {
            throw new IllegalArgumentException("an image table wants 0..268435456 slots, found " + slots);
        }
        int rounded = slots == 0 ? 0 : Math.max(WAYS, Integer.highestOneBit(2 * slots - 1));
        this.slots = slots == 0 ? null : new AtomicReferenceArray<>(rounded);
        this.replayed = new boolean[rounded];
        this.setMask = rounded / WAYS - 1;
    }

    /** The image of the reply to a message, whether it still holds or not. Allocates nothing. */
    @Nullable
    Image find(byte[] query, int length, boolean datagram) {
        if (slots == null) {
            return null;
        }
        int qnameEnd = ImageKey.qnameEnd(query, length);
        if (qnameEnd == ImageKey.NONE) {
            return null;
        }
        long head = ImageKey.head(query);
        long opt = ImageKey.opt(query, length, qnameEnd);
        int set = WAYS * (ImageKey.hash(query, qnameEnd, head, opt, seed(datagram)) & setMask);
        for (int slot = set; slot < set + WAYS; slot++) {
            Image image = slots.getAcquire(slot);
            if (image != null && image.isDatagram() == datagram && image.answers(query, qnameEnd, head, opt)) {
                if (!replayed[slot]) { // read first: a line that all threads only read stays in their caches
                    replayed[slot] = true;
                }
                return image;
            }
        }
        return null;
    }

    /** Whether this table keeps anything. */
    boolean isOpen() {
        return slots != null;
    }

    private int setOf(Image image) {
        return WAYS * (image.hash(seed(image.isDatagram())) & setMask);
    }

    private long seed(boolean datagram) {
        return datagram ? seed : ~seed;
    }

    /** Keeps an image, unless both of its slots hold one that was replayed lately. */
    void store(Image image) {
        if (slots == null) {
            return;
        }
        int slot = slotFor(slots, image);
        if (slot != NOWHERE) {
            replayed[slot] = false;
            slots.setRelease(slot, image);
        }
    }

    /** Where an image may stand: with its like, in an empty slot, in place of an idle one, or {@link #NOWHERE}. */
    private int slotFor(AtomicReferenceArray<@Nullable Image> images, Image newcomer) {
        int set = setOf(newcomer);
        int empty = NOWHERE;
        int idle = NOWHERE;
        for (int slot = set; slot < set + WAYS; slot++) {
            Image image = images.getAcquire(slot);
            if (image == null) {
                empty = slot;
            } else if (image.isLike(newcomer)) {
                return slot;
            } else if (!replayed[slot]) {
                idle = slot;
            }
        }
        if (empty != NOWHERE) {
            return empty;
        }
        if (idle == NOWHERE) {
            replayed[set] = false; // the next one finds a place where these are not replayed until then
            replayed[set + 1] = false;
        }
        return idle;
    }

    /** Lets go of an image that no longer holds. */
    void drop(Image image) {
        if (slots == null) {
            return;
        }
        int set = setOf(image);
        for (int slot = set; slot < set + WAYS; slot++) {
            slots.compareAndSet(slot, image, null);
        }
    }
}
