package dev.waypost;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * "This name is not mine": the next resolver is asked, and behind the last one the reply is REFUSED.
 *
 * <p>Told apart with {@code instanceof}: there are several kinds, by freshness and staleness.
 *
 * @param freshness for how long the name stays somebody else's. What the next resolver says holds no longer than this:
 *     a name missing here today may be here tomorrow, and then it hides the next resolver's
 * @param staleness whether the source that does not hold the name is in touch: what the next resolver says rests on it
 */
public record Fallthrough(Freshness freshness, Staleness staleness) implements Resolution {
    /** Not mine whatever the data says: the name, type or class is outside of what the resolver answers. */
    public static final Fallthrough FALLTHROUGH = new Fallthrough(Freshness.always());

    /** Not mine, says a source that is in touch. */
    public Fallthrough(Freshness freshness) {
        this(freshness, Staleness.FRESH);
    }

    @Override
    public Resolution map(UnaryOperator<Response> change) {
        return this;
    }

    @Override
    public Resolution flatMap(Function<Response, Resolution> change) {
        return this;
    }

    @Override
    public Resolution orElse(Supplier<Resolution> next) {
        Resolution resolution = next.get();
        Resolution bounded = freshness == Freshness.always() ? resolution : resolution.bounded(freshness);
        return bounded.restingOn(staleness);
    }

    @Override
    public Resolution bounded(Freshness bound) {
        return new Fallthrough(freshness.and(bound), staleness);
    }

    @Override
    public Resolution restingOn(Staleness source) {
        return source.equals(Staleness.FRESH) ? this : new Fallthrough(freshness, staleness.and(source));
    }
}
