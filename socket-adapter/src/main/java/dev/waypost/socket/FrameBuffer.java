package dev.waypost.socket;

import java.nio.ByteBuffer;

/**
 * Octets of a stream, cut into messages by the two octets of length before each (RFC 1035 section 4.2.2).
 *
 * <p>Grows with what arrived, never with a length that a client promised, and keeps nothing while empty.
 */
final class FrameBuffer {
    private static final int LENGTH_OCTETS = 2;

    private static final byte[] NOTHING = new byte[0];

    private byte[] octets = NOTHING;
    private int start;
    private int end;

    /** Takes what is left of a buffer. */
    void append(ByteBuffer arrived) {
        int count = arrived.remaining();
        makeRoom(count);
        arrived.get(octets, end, count);
        end += count;
    }

    private void makeRoom(int count) {
        if (octets.length - end >= count) {
            return;
        }
        int held = end - start;
        byte[] target = octets.length >= held + count ? octets : new byte[Math.max(held + count, 2 * octets.length)];
        System.arraycopy(octets, start, target, 0, held);
        octets = target;
        start = 0;
        end = held;
    }

    /** Whether nothing is held, not even half a length. */
    boolean isEmpty() {
        return start == end;
    }

    /** Whether a message has arrived whole. */
    boolean holdsMessage() {
        return end - start >= LENGTH_OCTETS && end - start - LENGTH_OCTETS >= promised();
    }

    private int promised() {
        return Byte.toUnsignedInt(octets[start]) << 8 | Byte.toUnsignedInt(octets[start + 1]);
    }

    /**
     * Takes the next message out; there must be one.
     *
     * @param target takes the message from index 0; 65535 octets
     * @return its length
     */
    int next(byte[] target) {
        int length = promised();
        System.arraycopy(octets, start + LENGTH_OCTETS, target, 0, length);
        start += LENGTH_OCTETS + length;
        return length;
    }

    /** Gives memory back once all of it is taken out. */
    void release() {
        if (isEmpty()) {
            octets = NOTHING;
            start = 0;
            end = 0;
        }
    }
}
