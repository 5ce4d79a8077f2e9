package dev.waypost.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Replies on their way into a stream, each behind its two octets of length (RFC 1035 section 4.2.2). */
final class OutboundBuffer {
    private static final int LENGTH_OCTETS = 2;

    private static final byte[] NOTHING = new byte[0];

    private byte[] octets = NOTHING;
    private int start;
    private int end;

    /** Adds a reply. */
    void append(byte[] reply, int length) {
        makeRoom(LENGTH_OCTETS + length);
        octets[end] = (byte) (length >>> 8);
        octets[end + 1] = (byte) length;
        System.arraycopy(reply, 0, octets, end + LENGTH_OCTETS, length);
        end += LENGTH_OCTETS + length;
    }

    private void makeRoom(int count) {
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

    /** Octets that wait. */
    int size() {
        return end - start;
    }

    /**
     * Writes what the channel takes now.
     *
     * @return octets written
     */
    int writeTo(WritableByteChannel channel) throws IOException {
        int written = channel.write(ByteBuffer.wrap(octets, start, size()));
        start += written;
        if (start == end) {
            octets = NOTHING;
            start = 0;
            end = 0;
        }
        return written;
    }
}
