package dev.waypost.wire;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reply images by key, in a fixed number of slots: a flood of random names can push images out and never adds a slot.
 *
 * <p>Each key has eight slots to be in, so that few names of a table half full find all of theirs taken; a mark of each,
 * side by side in memory, tells which one to look at. An image that was replayed since a rival last found no slot stays, so
 * names asked once do not push out names asked often. Lock free; safe for any number of threads. An image
 * may be lost in a race, which costs one rendering.
 */
final class ImageTable {
    private static final int MOST_WAYS = 8;
    private static final int NOWHERE = -1;

    /** The bits of a mark that are the image's hash's, and the one that tells whether it was replayed lately. */
    private static final int HASH = 0x7F;

    private static final int REPLAYED = 0x80;

    private final @Nullable AtomicReferenceArray<@Nullable Image> slots;
    /** Of each slot; a write lost in a race costs a rendering or a worse choice. */
    private final byte[] marks;

    private final int ways;
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
        int rounded = slots == 0 ? 0 : Math.max(2, Integer.highestOneBit(2 * slots - 1));
        this.slots = slots == 0 ? null : new AtomicReferenceArray<>(rounded);
        this.marks = new byte[rounded];
        this.ways = Math.min(MOST_WAYS, rounded);
        this.setMask = rounded - ways;
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
        int hash = ImageKey.hash(query, qnameEnd, head, opt, seed(datagram));
        int set = hash & setMask;
        for (int slot = set; slot < set + ways; slot++) {
            int mark = marks[slot];
            if ((mark & HASH) == mark(hash)) {
                Image image = slots.getAcquire(slot);
                if (image != null && image.isDatagram() == datagram && image.answers(query, qnameEnd, head, opt)) {
                    if (mark >= 0) { // only then: a line that all threads only read stays in their caches
                        marks[slot] = (byte) (mark | REPLAYED);
                    }
                    return image;
                }
            }
        }
        return null;
    }

    /** Whether this table keeps anything. */
    boolean isOpen() {
        return slots != null;
    }

    private int hash(Image image) {
        return image.hash(seed(image.isDatagram()));
    }

    /** Not the bits that tell the set: a table has 2^28 slots at most, a power of two. */
    private static int mark(int hash) {
        return hash >>> Integer.SIZE - 7;
    }

    private long seed(boolean datagram) {
        return datagram ? seed : ~seed;
    }

    /** Keeps an image, unless all of its slots hold one that was replayed lately. */
    void store(Image image) {
        if (slots == null) {
            return;
        }
        int hash = hash(image);
        int slot = slotFor(slots, image, hash);
        if (slot != NOWHERE) {
            slots.setRelease(slot, image);
            marks[slot] = (byte) mark(hash);
        }
    }

    /** Where an image may stand: with its like, in an empty slot, in place of an idle one, or {@link #NOWHERE}. */
    private int slotFor(AtomicReferenceArray<@Nullable Image> images, Image newcomer, int hash) {
        int set = hash & setMask;
        int first = ThreadLocalRandom.current().nextInt(ways); // else every rival would take the same slot
        int empty = NOWHERE;
        int idle = NOWHERE;
        for (int i = 0; i < ways; i++) {
            int slot = set + (first + i & ways - 1);
            Image image = images.getAcquire(slot);
            int mark = marks[slot];
            if (image == null) {
                empty = slot;
            } else if ((mark & HASH) == mark(hash) && image.isLike(newcomer)) { // others are not even looked at
                return slot;
            } else if (mark >= 0) {
                idle = slot;
            }
        }
        if (empty == NOWHERE && idle == NOWHERE) {
            makeIdle(set); // the next one finds a place where these are not replayed until then
        }
        return empty != NOWHERE ? empty : idle;
    }

    private void makeIdle(int set) {
        for (int slot = set; slot < set + ways; slot++) {
            marks[slot] &= HASH;
        }
    }

    /** Lets go of an image that no longer holds. */
    void drop(Image image) {
        if (slots == null) {
            return;
        }
        int set = hash(image) & setMask;
        for (int slot = set; slot < set + ways; slot++) {
            slots.compareAndSet(slot, image, null);
        }
    }
}
