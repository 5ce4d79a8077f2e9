package dev.waypost.forwarding;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** Cuts a stream into messages, each behind its length in two octets (RFC 1035 section 4.2.2). */
final class FrameReader {
    private static final int LENGTH_OCTETS = 2;

    private final ByteBuffer length = ByteBuffer.allocate(LENGTH_OCTETS);
    private ByteBuffer body = length;

    /**
     * The next whole message; empty while it has not all come.
     *
     * @throws EOFException when the stream ended
     */
    Optional<ByteBuffer> next(ReadableByteChannel channel) throws IOException {
        if (body == length) {
            if (!fill(channel, length)) {
                return Optional.empty();
            }
            body = ByteBuffer.allocate(length.flip().getShort() & 0xFFFF);
        }
        if (!fill(channel, body)) {
            return Optional.empty();
        }
        ByteBuffer message = body.flip();
        body = length.clear();
        return Optional.of(message);
    }

    private static boolean fill(ReadableByteChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            int read = channel.read(into);
            if (read < 0) {
                throw new EOFException("the upstream closed the connection");
            }
            if (read == 0) {
                return false;
            }
        }
        return true;
    }
}
