package dev.waypost;

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
    public Resolution orElse(Supplier<Resolution> next) {
        Resolution resolution = next.get();
        return freshness == Freshness.always() ? resolution : bounded(resolution);
    }

    private Resolution bounded(Resolution resolution) {
        if (resolution instanceof Response response) {
            return response.withFreshness(response.freshness().and(freshness));
        }
        if (resolution instanceof Fallthrough behind) {
            return new Fallthrough(freshness.and(behind.freshness));
        }
        return Pending.on(((Pending) resolution).settled().thenApply(this::bounded));
    }
}
