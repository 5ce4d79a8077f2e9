package dev.waypost.lookup;

import dev.waypost.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What is read from records.
 *
 * @param <T> what the answer holds
 */
interface RecordsForm<T> extends Form<T> {
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

    @Override
    default Eventual<Answered<T>> answer(Question<T> question, List<Name> names, Surroundings surroundings) {
        return new Search<>(question, this, names, surroundings).answer();
    }
}
