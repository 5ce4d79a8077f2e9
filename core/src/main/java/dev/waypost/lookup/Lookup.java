package dev.waypost.lookup;

import dev.waypost.Staleness;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * What a look-up came to: every outcome, one type each.
 *
 * <p>Where a name cannot be decided - {@link NotReady}, {@link TimedOut}, {@link Overloaded}, {@link Failed} - the search
 * list is not walked on: a later name must not stand in for one that may exist.
 *
 * @param <T> what is looked up
 */
public sealed interface Lookup<T> {
    /**
     * Here it is.
     *
     * @param value what was looked up; never empty
     * @param name the name of the search list that was found
     * @param staleness whether the answer's source is in touch, and its age where it is not
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
     * The answer's source has been out of touch for longer than {@link Question#notStalerThan} allows.
     *
     * @param name the name that was found
     * @param staleness since when
     */
    record TooStale<T>(Name name, Staleness staleness) implements Lookup<T> {}

    /**
     * The name's source does not know its records yet.
     *
     * @param reason what is waited for, for a person to read
     */
    record NotReady<T>(Name name, String reason) implements Lookup<T> {}

    /**
     * An upstream did not answer in time.
     *
     * @param patience how long was waited
     */
    record TimedOut<T>(Name name, Duration patience) implements Lookup<T> {}

    /**
     * Too many queries wait for an upstream already; nothing was asked.
     *
     * @param reason for a person to read
     */
    record Overloaded<T>(Name name, String reason) implements Lookup<T> {}

    /**
     * It cannot be told for another reason: an upstream failed or refused.
     *
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
