package dev.waypost;

/**
 * Sees every reply, replayed ones too, and changes none: metrics, query logs, events.
 *
 * <p>Called on the thread that answers, after the reply is rendered: it must be quick and must not block. An exception
 * from an observer is swallowed; the reply goes out.
 */
public interface QueryObserver {
    /** A reply is about to leave. */
    void replied(Exchange exchange);

    /**
     * A resolver threw instead of answering; the client gets SERVFAIL.
     *
     * @param query what was asked
     * @param cause what was thrown
     */
    default void failed(Query query, Throwable cause) {}
}
