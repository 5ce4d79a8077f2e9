package dev.waypost.forwarding.testing;

import java.io.IOException;

/** What an upstream does with a query. */
@FunctionalInterface
public interface Script {
    /** Nothing, for ever. */
    Script SILENCE = (query, line) -> {};

    /** Reacts to one query; called on the upstream's thread, in order. */
    void receive(ReceivedQuery query, Line line) throws IOException;

    /** The way back to whoever asked. */
    interface Line {
        /** Sends a message: a datagram, or framed over TCP. */
        void send(byte[] message) throws IOException;

        /** Sends a datagram from another port than the one that was asked; over TCP the same as {@link #send}. */
        void sendFromElsewhere(byte[] message) throws IOException;

        /** Sends octets as they are: over TCP without a length in front. */
        void sendRaw(byte[] octets) throws IOException;

        /** Cuts the connection; nothing over UDP. */
        void cut() throws IOException;
    }
}
