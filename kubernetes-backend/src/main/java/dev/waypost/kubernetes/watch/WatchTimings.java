package dev.waypost.kubernetes.watch;

import java.time.Duration;

/**
 * How long the watch waits for what.
 *
 * @param connect for a connection
 * @param listSilence for the next byte of a list
 * @param watchSilence for the next byte of a watch; bookmarks come about every minute, so a longer silence means that
 *     the other side is gone
 * @param watchLength after which the server ends a watch by itself
 * @param firstBackoff the first pause after a failure; each one after it is twice as long
 * @param mostBackoff the longest pause
 */
public record WatchTimings(
        Duration connect,
        Duration listSilence,
        Duration watchSilence,
        Duration watchLength,
        Duration firstBackoff,
        Duration mostBackoff) {
    /** What a cluster is asked with. */
    public static final WatchTimings DEFAULT = new WatchTimings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofMinutes(8),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));
}
