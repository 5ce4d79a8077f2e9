package dev.waypost.kubernetes;

import dev.waypost.MetricSource;
import dev.waypost.Readiness;
import dev.waypost.kubernetes.zone.Contact;
import java.util.List;

/** Where a backend's objects come from, from start to end. */
sealed interface ObjectOrigin extends Contact, MetricSource permits ApiOrigin, ManifestOrigin, MemoryOrigin {
    /** Begins to learn objects; returns at once. */
    void start();

    /** Ends it. */
    void close();

    /** Whether everything that counts is learned, or only what is asked for. */
    default boolean knowsAll() {
        return true;
    }

    /** Whether all that is waited for is there. */
    default Readiness readiness() {
        return Readiness.READY;
    }

    /** The host names it looks up itself, as {@link dev.waypost.Lifecycle#ownHosts} has it. */
    default List<String> ownHosts() {
        return List.of();
    }

    /** How its watches stand; empty where it has none. */
    List<WatchReport> watches();
}
