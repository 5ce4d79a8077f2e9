package dev.waypost.wire;

import dev.waypost.Client;

/** Where a query came from and its reply goes: given by a transport with each message. */
public interface ReplyPath {
    /** Who asks. */
    Client client();

    /**
     * Sends a reply that was not ready at once. Called at most once, from any thread, and only after
     * {@link WireResponder#respond} returned {@link WireResponder#LATER}.
     *
     * @param reply the whole message, the caller's to keep
     */
    void send(byte[] reply);

    /** Told instead of {@link #send} when there will be no reply after all. */
    default void dropped() {}
}
