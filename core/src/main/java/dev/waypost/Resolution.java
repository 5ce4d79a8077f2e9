package dev.waypost;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a resolver says: an answer now, "not mine", or an answer later.
 *
 * <p>{@link #map} and {@link #orElse} are written once and hold for answers from memory and answers from the network
 * alike, so that no layer needs a second, asynchronous twin.
 */
public sealed interface Resolution permits Response, Fallthrough, Pending {
    /**
     * Changes the response, now or when it arrives; a fallthrough stays as it is.
     *
     * @param change called at most once, on the thread that completes the response
     */
    Resolution map(UnaryOperator<Response> change);

    /**
     * Asks on from the response, now or when it arrives; a fallthrough stays as it is.
     *
     * @param change called at most once, on the thread that completes the response
     */
    Resolution flatMap(Function<Response, Resolution> change);

    /**
     * Gives the turn to another resolver on fallthrough, now or later; a response stays as it is.
     *
     * @param next called at most once, and only on fallthrough
     */
    Resolution orElse(Supplier<Resolution> next);

    /**
     * Bounds what may be said again: a response, now or when it arrives, holds no longer and for nobody else than {@code
     * freshness} too, and so does what follows a fallthrough.
     */
    Resolution bounded(Freshness freshness);

    /**
     * Is no fresher than the source that it rests on besides: a response, now or when it arrives, and what follows a
     * fallthrough.
     */
    Resolution restingOn(Staleness source);
}
