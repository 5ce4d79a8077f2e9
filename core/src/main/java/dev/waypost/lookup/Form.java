package dev.waypost.lookup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What a question asks for. Equal forms read equal answers the same way.
 *
 * @param <T> what the answer holds
 */
interface Form<T> {
    /**
     * Walks through the names of a question: the first that holds what is asked for, or that cannot be decided, ends it.
     *
     * @param names in the order in which they are asked
     */
    Eventual<Answered<T>> answer(Question<T> question, List<Name> names, Surroundings surroundings);

    /** What a text says that needs no look-up, an address literal; null for names. */
    default @Nullable T literal(String text) {
        return null;
    }

    /** What a walk has around it: whom to ask, which zones there are, and when it began. */
    record Surroundings(Asking asking, ZoneView zones, long beganNanos) {}
}
