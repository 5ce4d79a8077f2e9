package dev.waypost.forwarding;

/** What comes first where a cache has nothing but a stale answer: the upstream or the client. */
public enum StalePolicy {
    /** The client is told the stale answer at once, and the upstream is asked behind its back. */
    IMMEDIATE,
    /**
     * The upstream is asked first; the stale answer is told only where it fails, or keeps the client waiting too long (RFC
     * 8767 section 5).
     */
    VERIFY
}
