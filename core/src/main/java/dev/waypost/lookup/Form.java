package dev.waypost.lookup;

import dev.waypost.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a question asks for, in the terms of DNS. Equal forms read equal answers the same way.
 *
 * @param <T> what the answer holds
 */
interface Form<T> {
    /** The types to ask for of one name. */
    List<Integer> qtypes();

    /**
     * Reads the answer.
     *
     * @param responses one for each of {@link #qtypes}, in their order; NOERROR or NXDOMAIN
     * @return null where they hold nothing of the kind
     */
    @Nullable
    T read(List<Response> responses);

    /** What a text says that needs no look-up, an address literal; null for names. */
    default @Nullable T literal(String text) {
        return null;
    }
}
