package dev.waypost.forwarding.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * Cuts a stream into messages, each behind its length in two octets (RFC 1035 section 4.2.2). Reads as much as there is at
 * once: pipelined replies come many in one segment.
 */
final class FrameReader {
    private static final int LENGTH_OCTETS = 2;
    private static final int USUAL_OCTETS = 2048;

    /** What came and was not taken yet, from position to limit. */
    private ByteBuffer unread = ByteBuffer.allocate(USUAL_OCTETS).limit(0);

    /**
     * Takes in what the stream has.
     *
     * @return whether anything came
     * @throws EOFException when the stream ended
     */
    boolean fill(ReadableByteChannel stream) throws IOException {
        makeRoom();
        int read = stream.read(unread);
        unread.flip();
        if (read < 0) {
            throw new EOFException("the upstream closed the connection");
        }
        return read > 0;
    }

    private void makeRoom() {
        int wanted = Math.max(USUAL_OCTETS, unread.remaining() >= LENGTH_OCTETS ? frameOctets() : 0);
        if (wanted == unread.capacity()) {
            unread.compact();
        } else {
            unread = ByteBuffer.allocate(wanted).put(unread);
        }
    }

    private int frameOctets() {
        return LENGTH_OCTETS + (unread.getShort(unread.position()) & 0xFFFF);
    }

    /** The next whole message, to be read before the next {@link #fill}; empty while it has not all come. */
    Optional<ByteBuffer> next() {
        if (unread.remaining() < LENGTH_OCTETS || unread.remaining() < frameOctets()) {
            return Optional.empty();
        }
        int length = frameOctets() - LENGTH_OCTETS;
        ByteBuffer message = unread.slice(unread.position() + LENGTH_OCTETS, length);
        unread.position(unread.position() + LENGTH_OCTETS + length);
        return Optional.of(message);
    }
}
