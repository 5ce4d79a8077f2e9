package dev.waypost.socket.stream;

import java.nio.ByteBuffer;

/**
 * Octets of a stream, cut into messages by the two octets of length before each (RFC 1035 section 4.2.2).
 *
 * <p>Grows with what arrived, never with a length that a client promised, and keeps nothing while empty.
 */
public final class FrameBuffer {
    static final int LENGTH_OCTETS = 2;

    private final OctetQueue octets = new OctetQueue();

    /** An empty one. */
    public FrameBuffer() {}

    /** Takes what is left of a buffer. */
    void append(ByteBuffer arrived) {
        octets.append(arrived);
    }

    /** Whether nothing is held, not even half a length. */
    public boolean isEmpty() {
        return octets.size() == 0;
    }

    /** Octets of memory. */
    public int capacity() {
        return octets.capacity();
    }

    /** Whether a message has arrived whole. */
    public boolean holdsMessage() {
        return octets.size() >= LENGTH_OCTETS && octets.size() - LENGTH_OCTETS >= promised();
    }

    private int promised() {
        return octets.at(0) << Byte.SIZE | octets.at(1);
    }

    /**
     * Takes the next message out; there must be one.
     *
     * @param target takes the message from index 0; 65535 octets
     * @return its length
     */
    public int next(byte[] target) {
        int length = promised();
        octets.skip(LENGTH_OCTETS);
        octets.take(target, length);
        return length;
    }

    /** Gives memory back once all of it is taken out. */
    public void release() {
        octets.release();
    }
}
