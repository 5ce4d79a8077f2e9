package dev.waypost.socket.stream;

import java.nio.ByteBuffer;

/** Octets, first in, first out. Grows with what is put in, and keeps nothing while empty. */
final class OctetQueue {
    private static final byte[] NOTHING = new byte[0];

    private byte[] octets = NOTHING;
    private int start;
    private int end;

    /** Octets of memory. */
    int capacity() {
        return octets.length;
    }

    /** Octets inside. */
    int size() {
        return end - start;
    }

    /** An octet, counted from the first. */
    int at(int index) {
        return Byte.toUnsignedInt(octets[start + index]);
    }

    /** Puts in what is left of a buffer. */
    void append(ByteBuffer more) {
        int count = more.remaining();
        makeRoom(count);
        more.get(octets, end, count);
        end += count;
    }

    /** Puts in the first octets of an array. */
    void append(byte[] more, int count) {
        makeRoom(count);
        System.arraycopy(more, 0, octets, end, count);
        end += count;
    }

    void append(byte octet) {
        makeRoom(1);
        octets[end++] = octet;
    }

    /** Makes room for so many more. */
    void makeRoom(int count) {
        if (octets.length - end >= count) {
            return;
        }
        int held = size();
        byte[] target = octets.length >= held + count ? octets : new byte[Math.max(held + count, 2 * octets.length)];
        System.arraycopy(octets, start, target, 0, held);
        octets = target;
        start = 0;
        end = held;
    }

    /** The octets inside, not to be written to; good until the next change. */
    ByteBuffer view() {
        return ByteBuffer.wrap(octets, start, size());
    }

    /** Takes octets out. */
    void take(byte[] target, int count) {
        System.arraycopy(octets, start, target, 0, count);
        skip(count);
    }

    /** Takes octets out and forgets them. */
    void skip(int count) {
        start += count;
    }

    /** Gives memory back once all is taken out. */
    void release() {
        if (size() == 0) {
            octets = NOTHING;
            start = 0;
            end = 0;
        }
    }
}
