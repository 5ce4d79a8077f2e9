package dev.waypost.wire;

import dev.waypost.Ticker;

/**
 * Answers DNS messages: the door that sockets use. SKELETON: written by the wire plane's author.
 *
 * <p>Safe for any number of threads. Never throws for anything a message holds.
 */
public final class WireResponder {
    /** Returned when no reply is to be sent. */
    public static final int SILENCE = 0;

    /** Returned when the reply will go through {@link ReplyPath#send}. */
    public static final int LATER = -1;

    /**
     * @param routes who answers which name
     * @param imageSlots how many reply images are kept, rounded up to a power of two; 0 keeps none
     */
    public WireResponder(Routes routes, int imageSlots, Ticker ticker) {
        throw new UnsupportedOperationException(routes + " " + imageSlots + ticker);
    }

    /**
     * Answers one message.
     *
     * @param query holds the message from index 0; not kept and not changed
     * @param length octets of the message
     * @param reply takes the reply from index 0; 65535 octets for a stream, at least 1232 for a datagram, in which no
     *     more than the buffer's length is ever written
     * @param path who asks, and where a later reply goes
     * @return octets of the reply in {@code reply}, or {@link #SILENCE}, or {@link #LATER}
     */
    public int respond(byte[] query, int length, byte[] reply, ReplyPath path) {
        throw new UnsupportedOperationException();
    }

    /** Drops every image: the routes lead elsewhere from now on. Call it after they do. */
    public void forget() {
        throw new UnsupportedOperationException();
    }
}
