package dev.waypost.kubernetes.watch;

/**
 * Where a watch goes on, and how old the next list may be. For one thread.
 *
 * <pre>
 *   lost once:            a list not older than what was told     names never go back in time
 *   lost again, or the
 *   server is behind us:  any list                                an etcd restore: its history is the truth now
 *   lost a third time:    the latest list                         a cache whose own history is too short to watch from
 * </pre>
 *
 * <p>Versions are opaque: they are handed back as they came and compared with nothing.
 */
final class VersionCursor {
    private static final int LATEST_AFTER = 3;

    private String version = "";
    private String told = "";
    private int losses;
    private String reason = "first list";

    /** Whether a list must come before the next watch. */
    boolean isLost() {
        return version.isEmpty();
    }

    /** The version to watch from; empty while lost. */
    String version() {
        return version;
    }

    /** Why the next list is due, for a person to read. */
    String reason() {
        return reason;
    }

    /** How old the next list may be. */
    ListAge wanted() {
        if (losses >= LATEST_AFTER) {
            return ListAge.LATEST;
        }
        return losses > 1 || told.isEmpty() ? ListAge.ANY : ListAge.notOlderThan(told);
    }

    /** A list was taken in whole. */
    void listed(String now) {
        version = now;
        told = now;
    }

    /** An event or bookmark moved the version; empty where it did not say where to. */
    void heard(String now) {
        if (!now.isEmpty()) {
            version = now;
            told = now;
        }
        losses = 0;
    }

    /** The server has forgotten the version. */
    void lose() {
        lose("the server has forgotten the version");
    }

    private void lose(String why) {
        version = "";
        losses++;
        reason = why;
    }

    /** The server has not come as far as the version: it was restored, or another one of several answers. */
    void loseAhead() {
        lose("the server has not come as far as the version");
        told = "";
    }

    /** What was taken in may not be right any more, though the version is. */
    void doubt() {
        version = "";
        reason = "a failure while changes were taken in";
    }
}
