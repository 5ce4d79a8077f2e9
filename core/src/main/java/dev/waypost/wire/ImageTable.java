package dev.waypost.wire;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reply images by key, in a fixed number of slots: no flood of random names adds one.
 *
 * <p>Each key has eight slots to be in, so that few names of a table half full find all of theirs taken; a mark of each,
 * side by side in memory, tells which one to look at. Where all eight are taken, a question is let in when it is asked
 * again, so that names asked once push out nothing and cost no image. It takes the place of an image that no longer holds,
 * or else of one that was not replayed lately; only then are the eight images looked at, each of which may be far from the
 * processor. Lock free; safe for any number of threads. An image may be lost in a race, which costs one rendering.
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
    /**
     * Eight bits of the hash of a question that was not let in, at a place that other bits of it tell: as many as slots, so
     * that one asked again before as many others is known. One in 256 is taken for another, and let in at once; a write lost
     * in a race costs a rendering.
     */
    private final byte[] refused;

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
        this.refused = new byte[rounded];
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

    /**
     * Whether an image of the reply to a query is to be kept: asked before one is made, as nearly all of a flood need none.
     *
     * @param query an imageable one that found no image here
     */
    boolean admits(QueryMessage query, boolean datagram) {
        if (slots == null) {
            return false;
        }
        byte[] octets = query.octets();
        int qnameEnd = ImageKey.qnameEnd(octets, query.length());
        long opt = ImageKey.opt(octets, query.length(), qnameEnd);
        int hash = ImageKey.hash(octets, qnameEnd, ImageKey.head(octets), opt, seed(datagram));
        return hasRoom(slots, hash & setMask) || wasRefused(hash);
    }

    private boolean hasRoom(AtomicReferenceArray<@Nullable Image> images, int set) {
        for (int slot = set; slot < set + ways; slot++) {
            if (images.getAcquire(slot) == null) {
                return true;
            }
        }
        return false;
    }

    /** Whether a question was refused lately, which lets it in once; one that was not is from now on. */
    private boolean wasRefused(int hash) {
        int at = hash & refused.length - 1;
        byte question = (byte) (hash >>> Integer.SIZE - Byte.SIZE);
        boolean was = refused[at] == question;
        refused[at] = (byte) (was ? ~question : question);
        return was;
    }

    /** Keeps an image, in place of another one where there is no room. */
    void store(Image image, long nanoTime) {
        if (slots != null) {
            int hash = hash(image);
            int slot = slotFor(slots, image, hash, nanoTime);
            slots.setRelease(slot, image);
            marks[slot] = (byte) mark(hash);
        }
    }

    /** Where an image is to stand: in place of its like, or in an empty slot, or in place of another. */
    private int slotFor(AtomicReferenceArray<@Nullable Image> images, Image newcomer, int hash, long nanoTime) {
        int set = hash & setMask;
        int empty = NOWHERE;
        for (int slot = set; slot < set + ways; slot++) {
            Image image = images.getAcquire(slot);
            if (image == null) {
                empty = slot;
            } else if ((marks[slot] & HASH) == mark(hash) && image.isLike(newcomer)) { // others are not looked at
                return slot;
            }
        }
        return empty == NOWHERE ? leastUseful(images, set, nanoTime) : empty;
    }

    /** The slot of an image that no longer holds, or of one that is idle, or any where none is; then all are idle. */
    private int leastUseful(AtomicReferenceArray<@Nullable Image> images, int set, long nanoTime) {
        int first = ThreadLocalRandom.current().nextInt(ways); // else every rival would take the same slot
        int idle = NOWHERE;
        for (int i = 0; i < ways; i++) {
            int slot = set + (first + i & ways - 1);
            Image image = images.getAcquire(slot);
            if (image == null || !image.holdsAt(nanoTime)) {
                return slot;
            }
            if (marks[slot] >= 0) {
                idle = slot;
            }
        }
        if (idle == NOWHERE) {
            makeIdle(set); // the next one finds those that were not replayed until then
            return set + first;
        }
        return idle;
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
