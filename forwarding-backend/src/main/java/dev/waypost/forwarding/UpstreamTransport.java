package dev.waypost.forwarding;

/** A way to carry queries to one upstream and replies back. Used on the loop's thread only. */
interface UpstreamTransport {
    /** Carries one query. Its outcome is told in any case, at its deadline at the latest, and never within this call. */
    void carry(Ask ask);

    /** Gives up what is kept open between queries. */
    default void close() {}
}
