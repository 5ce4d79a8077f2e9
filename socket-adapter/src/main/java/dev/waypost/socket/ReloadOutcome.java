package dev.waypost.socket;

/** What came of looking at a Corefile again. */
public sealed interface ReloadOutcome {
    /** The Corefile says something else, and that is what answers now. */
    record Reloaded() implements ReloadOutcome {}

    /** The Corefile says the same as before. */
    record Unchanged() implements ReloadOutcome {}

    /**
     * The Corefile cannot be used; the one before goes on.
     *
     * @param cause what was found, what was wanted and where
     */
    record Rejected(RuntimeException cause) implements ReloadOutcome {}
}
