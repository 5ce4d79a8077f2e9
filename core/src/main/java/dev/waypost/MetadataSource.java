package dev.waypost;

import java.util.Optional;

/**
 * Knows labels about queries: a backend tells whose name is asked for, or who the client is.
 *
 * <p>Asked only when somebody wants a label. Answers from memory, must not block, and is safe for any number of threads.
 */
@FunctionalInterface
public interface MetadataSource {
    /**
     * The value of a label for a query, as its client asked it.
     *
     * @param label {@code directive/name}, the first part the directive that knows it
     * @return empty for a label that this source does not know, or that this query has not
     */
    Optional<String> value(String label, Query query);
}
