package dev.waypost.kubernetes.snapshot;

import dev.waypost.Freshness;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.zone.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** What these are, in words. Clients are told it, so no address or cause of trouble is in it. */
    static String waitingFor(List<Part> parts) {
        String kinds =
                parts.stream().map(part -> part.kind().resource()).distinct().collect(Collectors.joining(", "));
        Set<String> namespaces = new LinkedHashSet<>();
        parts.forEach(part -> namespaces.add(part.extent().namespace()));
        String place = namespaces.contains("") ? "" : " in " + String.join(", ", namespaces);
        return "the first list of " + kinds + place + " is not complete";
    }

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
