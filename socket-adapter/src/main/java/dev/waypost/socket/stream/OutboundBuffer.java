package dev.waypost.socket.stream;

import java.nio.ByteBuffer;

/** Replies on their way into a stream, each behind its two octets of length (RFC 1035 section 4.2.2). */
public final class OutboundBuffer {
    private final OctetQueue octets = new OctetQueue();

    /** An empty one. */
    public OutboundBuffer() {}

    /** Adds a reply. */
    public void append(byte[] reply, int length) {
        octets.makeRoom(FrameBuffer.LENGTH_OCTETS + length);
        octets.append((byte) (length >>> Byte.SIZE));
        octets.append((byte) length);
        octets.append(reply, length);
    }

    /** Octets of memory. */
    public int capacity() {
        return octets.capacity();
    }

    /** Octets that wait. */
    public int size() {
        return octets.size();
    }

    /** What waits, not to be written to; good until the next change. */
    ByteBuffer view() {
        return octets.view();
    }

    /** Forgets what was sent. */
    void sent(int count) {
        octets.skip(count);
        octets.release();
    }
}
