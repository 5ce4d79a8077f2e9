package dev.waypost.forwarding.transport;

/** A way to carry queries to one upstream and replies back. Used on the loop's thread only. */
public interface UpstreamTransport {
    /** So many messages that answer no query of ours, and somebody is guessing: a datagram's question moves to TCP, a connection ends. */
    int STRAY_LIMIT = 5;

    /** Carries one query. Its outcome is told in any case, at its deadline at the latest, and never within this call. */
    void carry(Ask ask);

    /** Gives up what is kept open between queries. */
    default void close() {}
}
