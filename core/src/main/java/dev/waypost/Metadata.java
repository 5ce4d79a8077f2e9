package dev.waypost;

import java.util.Optional;

/**
 * What is known about one query besides its question: labels as {@code kubernetes/namespace}, made when somebody asks
 * for one. A query that nobody collects labels for carries {@link #NONE}.
 */
@FunctionalInterface
public interface Metadata {
    /** Knows no label. */
    Metadata NONE = label -> Optional.empty();

    /**
     * The value of a label.
     *
     * @param label {@code directive/name}
     * @return empty where nobody knows the label for this query
     */
    Optional<String> value(String label);
}
