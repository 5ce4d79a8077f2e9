package dev.waypost.zone;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A way to wait for records that a source can fetch: asking for it begins the fetching, so a source that is only looked
 * into fetches nothing. Safe for any number of threads; those that wait for the same records share one fetch.
 */
@FunctionalInterface
public interface Arrival {
    /** Nothing to wait for. */
    Arrival NONE = deadlineNanos -> Optional.empty();

    /**
     * Begins or joins the fetching.
     *
     * @param deadlineNanos the {@link dev.waypost.Ticker} time after which nobody waits
     * @return a stage that completes when it is worth to look again, at the deadline at the latest and never with an
     *     exception; empty where waiting is of no use
     */
    Optional<CompletionStage<Void>> by(long deadlineNanos);
}
