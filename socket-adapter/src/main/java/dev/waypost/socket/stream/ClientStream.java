package dev.waypost.socket.stream;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** One client's stream, in clear or encrypted. Never blocks; for one thread. */
public interface ClientStream extends Closeable {
    /** What {@link #receive} gives when the client will send no more. */
    int ENDED = -1;

    /**
     * Takes in what has arrived.
     *
     * @return octets that came over the network, 0 where there were none, or {@link #ENDED}
     */
    int receive(FrameBuffer inbound) throws IOException;

    /**
     * Sends what the network takes.
     *
     * @return octets that it took
     */
    int send(OutboundBuffer outbound) throws IOException;

    /** Whether octets that {@link #send} took over still wait for the network. */
    boolean isSending();

    /** Octets of memory for what has arrived or is leaving, beside the two buffers. */
    int capacity();

    /** Whether messages can be exchanged; before that, peers are still getting to know each other. */
    boolean isEstablished();

    /**
     * Work for the processor without which nothing goes on. It is to be done on another thread, once, and {@link #receive}
     * is to be called after it; until then nothing is received.
     */
    Optional<Runnable> work();

    /** Tells the client so where that can be done at once, and closes the channel. */
    @Override
    void close() throws IOException;
}
