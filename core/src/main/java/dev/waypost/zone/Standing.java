package dev.waypost.zone;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Staleness;
import java.util.List;

/**
 * How a source stands to where its records come from: what every response from it carries besides the records.
 *
 * @param staleness since when it is out of touch
 * @param remarks told to clients that sent EDNS, e.g. {@link ExtendedError#STALE_ANSWER}
 * @param freshness for how long this may be said; an answer is not said again longer than the standing it was given in
 */
public record Standing(Staleness staleness, List<ExtendedError> remarks, Freshness freshness) {
    /** In touch, or with nothing to be in touch with, for as long as the engine's plan. */
    public static final Standing IN_TOUCH = new Standing(Staleness.FRESH, List.of(), Freshness.always());

    /** Copies the remarks in. */
    public Standing {
        remarks = List.copyOf(remarks);
    }
}
