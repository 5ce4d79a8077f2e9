package dev.waypost.forwarding.transport;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** A stream of octets to an upstream, as it is or under TLS; never blocks. Used on the loop's thread only. */
public interface UpstreamStream extends ByteChannel {
    /** What the selector watches. */
    SocketChannel channel();

    /**
     * Goes on with what has to happen before octets may travel: the connection, the handshake, what was taken and not sent.
     *
     * @param resumed called on the loop's thread when this can go on without the selector having said so
     * @return whether they may now
     */
    boolean establish(Runnable resumed) throws IOException;

    /** What to wait for, as {@link java.nio.channels.SelectionKey} has it, besides room for what its user wants to send. */
    int interest();

    /** Makes streams. */
    @FunctionalInterface
    interface Factory {
        /** A stream over a channel that is not connected yet. */
        UpstreamStream over(SocketChannel channel) throws IOException;
    }
}
