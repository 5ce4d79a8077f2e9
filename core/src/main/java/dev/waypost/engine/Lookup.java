package dev.waypost.engine;

import dev.waypost.Staleness;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * What a look-up by text came to: every outcome, one type each.
 *
 * @param <T> what is looked up
 */
public sealed interface Lookup<T> {
    /**
     * Here it is.
     *
     * @param value what was looked up; never empty
     * @param name the name of the search list that was found
     * @param staleness whether the answer's source is in touch
     */
    record Found<T>(T value, Name name, Staleness staleness) implements Lookup<T> {}

    /**
     * None of the names exists.
     *
     * @param tried the names asked for, in order
     */
    record NoSuchName<T>(List<Name> tried) implements Lookup<T> {
        public NoSuchName {
            tried = List.copyOf(tried);
        }
    }

    /**
     * A name exists, but holds nothing of the kind.
     *
     * @param name the first such name
     */
    record NoData<T>(Name name) implements Lookup<T> {}

    /**
     * A name exists and is an alias of one that no zone of the engine holds: whoever resolves outside names goes on there.
     *
     * @param name the name of the search list that was found
     * @param target where the last alias leads
     */
    record Elsewhere<T>(Name name, Name target) implements Lookup<T> {}

    /**
     * It cannot be told: a source is not ready, an upstream failed or was too slow. The search ends here, as a later
     * name of the list must not stand in for one that may exist.
     *
     * @param name the name that could not be decided
     * @param rcode SERVFAIL nearly always; 0..4095
     * @param reason for a person to read
     */
    record Failed<T>(Name name, int rcode, String reason) implements Lookup<T> {}

    /** The value. @throws IllegalStateException for every outcome but {@link Found}, which it tells */
    default T orThrow() {
        if (this instanceof Found<T> found) {
            return found.value();
        }
        throw new IllegalStateException(toString());
    }
}
