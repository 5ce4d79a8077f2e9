package dev.waypost.wire;

import dev.waypost.Client;
import dev.waypost.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Where a query came from and its reply goes: given by a transport with each message. */
public interface ReplyPath {
    /** Who asks; asked for only when a resolver or an observer wants to know. */
    Client client();

    /** How the query came. A path that makes its {@link #client} anew should override it. */
    default Transport transport() {
        return client().transport();
    }

    /** The address that asks. A path that makes its {@link #client} anew should override it. */
    default InetAddress address() {
        return client().address();
    }

    /** For how long the stream may stand idle, to be told to clients that want to know (RFC 7828); empty for a datagram. */
    default Optional<Duration> idleTimeout() {
        return Optional.empty();
    }

    /**
     * Sends a reply that was not ready at once. Called at most once, from any thread, and only when {@link
     * WireResponder#respond} gives {@link WireResponder#LATER}: possibly while that call is still returning.
     *
     * @param reply the whole message, the caller's to keep
     */
    void send(byte[] reply);

    /**
     * Sends a reply of several messages in their order, each made once the client takes it; instead of {@link
     * #send(byte[])}, and never for a datagram.
     */
    default void send(ReplyStream messages) {
        dropped();
    }

    /** Told instead of {@link #send(byte[])} when there will be no reply after all. */
    default void dropped() {}
}
