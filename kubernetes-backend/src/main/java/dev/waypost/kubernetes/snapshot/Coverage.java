package dev.waypost.kubernetes.snapshot;

import dev.waypost.Freshness;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.zone.Finding;
import java.util.List;

/**
 * Which parts of a cluster a snapshot knows in whole, so that what is missing in them does not exist. Immutable, like the
 * snapshot it belongs to; but it may note what is asked for.
 */
public interface Coverage {
    /**
     * A list that is not complete yet.
     *
     * @param kind of the objects
     * @param extent which of them
     */
    record Part(ResourceKind<?> kind, Extent extent) {}

    /** What is waited for without being asked for; empty where nothing is. */
    List<Part> awaited();

    /** Whether the snapshot knows everything that the cluster has. */
    default boolean isWhole() {
        return awaited().isEmpty();
    }

    /**
     * What a name is that the data does not hold: denied only where the data would hold it, as resolvers keep a "no".
     *
     * @param asked whose objects decide about the name
     * @param there whether the service is known, so that only something of it is missing
     * @param freshness of the denial, as far as the data decides it
     */
    Finding missing(Extent asked, boolean there, Freshness freshness);

    /** A service is asked for. */
    default void asked(String namespace, String service) {
        // nothing is learned by it where everything is watched
    }
}
