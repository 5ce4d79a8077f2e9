package dev.waypost.forwarding.message;

/** What a message is that came where a reply is waited for. */
public sealed interface Arrival {
    /**
     * The reply to our query.
     *
     * @param recased whether it spells the name in other letters than we did
     */
    record Ours(UpstreamReply reply, boolean recased) implements Arrival {}

    /** A message that is not. */
    enum Odd implements Arrival {
        /** Another ID, another question, no reply, no message: anybody may have sent it. */
        STRAY,
        /** Our ID and our question in front of what cannot be read. */
        BROKEN
    }
}
