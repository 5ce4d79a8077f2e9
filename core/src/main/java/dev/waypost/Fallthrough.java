package dev.waypost;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * "This name is not mine": the next resolver is asked, and behind the last one the reply is REFUSED.
 *
 * <p>Told apart with {@code instanceof}: there are two kinds, by freshness.
 *
 * @param freshness for how long the name stays somebody else's. What the next resolver says holds no longer than this:
 *     a name missing here today may be here tomorrow, and then it hides the next resolver's
 */
public record Fallthrough(Freshness freshness) implements Resolution {
    /** Not mine whatever the data says: the name, type or class is outside of what the resolver answers. */
    public static final Fallthrough FALLTHROUGH = new Fallthrough(Freshness.always());

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
        return freshness == Freshness.always() ? resolution : resolution.bounded(freshness);
    }

    @Override
    public Resolution bounded(Freshness bound) {
        return new Fallthrough(freshness.and(bound));
    }
}
