package dev.waypost.kubernetes;

/** What came of a look at the manifest files. */
public sealed interface ManifestPoll {
    /** The files are as they were; or the backend has none. */
    record Unchanged() implements ManifestPoll {}

    /** They were read again, and the next answer comes from them. */
    record Changed() implements ManifestPoll {}

    /**
     * They cannot be used, and the answers stay as they were.
     *
     * @param error file, line, column, and what is wrong
     */
    record Failed(String error) implements ManifestPoll {}
}
