package dev.waypost.kubernetes.watch;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Staleness;
import dev.waypost.Ticker;
import dev.waypost.zone.Standing;
import dev.waypost.zone.Witness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which watches are out of touch, and what answers say of it meanwhile. Written by the watches, read at every answer.
 *
 * <pre>
 *   in touch ──► out of touch ──► out of touch for longer than the bound ──► in touch
 *   FRESH        STALE            STALE, and EDE 3                           FRESH
 * </pre>
 *
 * <p>An answer that was given without a remark is not replayed when the bound has passed, and one with a remark not after
 * the recovery.
 */
public final class Outages {
    private final Ticker ticker;
    private final long boundNanos;
    private final List<ExtendedError> remarks;
    private final Map<Object, Lost> lost = new HashMap<>();
    private volatile Episode episode = new Episode(List.of());

    private record Lost(String namespace, long sinceNanos) {}

    /**
     * None yet.
     *
     * @param bound how old answers may be before clients are told
     */
    public Outages(Ticker ticker, Duration bound) {
        this.ticker = ticker;
        this.boundNanos = bound.toNanos();
        this.remarks = List.of(new ExtendedError(
                ExtendedError.STALE_ANSWER, "the Kubernetes API is out of reach for more than " + inWords(bound)));
    }

    private static String inWords(Duration bound) {
        return bound.toMillis() % 1000 == 0 ? bound.toSeconds() + " s" : bound.toMillis() + " ms";
    }

    /** From one outage or recovery to the next; what was said in one is not said again in another. */
    private final class Episode {
        private final List<Lost> outages;
        private final Witness turn = new Witness();
        private final Standing inTouch = new Standing(Staleness.FRESH, List.of(), turn);

        Episode(List<Lost> outages) {
            this.outages = outages;
        }

        Standing standing(String namespace) {
            long now = ticker.nanoTime();
            OptionalLong oldest = outages.stream()
                    .filter(outage -> concerns(outage, namespace))
                    .mapToLong(Lost::sinceNanos)
                    .reduce((one, other) -> now - one >= now - other ? one : other);
            if (oldest.isEmpty()) {
                return inTouch;
            }
            Staleness staleness = Staleness.since(oldest.getAsLong());
            long late = oldest.getAsLong() + boundNanos;
            return now - late > 0
                    ? new Standing(staleness, remarks, turn)
                    : new Standing(staleness, List.of(), turn.and(Freshness.until(late)));
        }

        private static boolean concerns(Lost outage, String namespace) {
            return namespace.isEmpty()
                    || outage.namespace().isEmpty()
                    || outage.namespace().equals(namespace);
        }
    }

    /**
     * How answers about a namespace stand.
     *
     * @param namespace empty for answers that depend on all of them
     */
    public Standing standing(String namespace) {
        Episode now = episode;
        return now.outages.isEmpty() ? now.inTouch : now.standing(namespace);
    }

    /** Whether no watch is out of touch. */
    public boolean areNone() {
        return episode.outages.isEmpty();
    }

    /** All answers come from a file for now. @param sinceNanos as of when it is */
    public void restored(long sinceNanos) {
        lost(this, "", sinceNanos);
    }

    /** What the file held has been caught up with. */
    public void caughtUp() {
        over(this);
    }

    /** A watch has lost touch. @param namespace what it watches; empty for all */
    synchronized void lost(Object watch, String namespace, long sinceNanos) {
        @Nullable Lost known = lost.putIfAbsent(watch, new Lost(namespace, sinceNanos));
        if (known == null) {
            turn();
        }
    }

    /** A watch is in touch again, or watches no more. */
    synchronized void over(Object watch) {
        if (lost.remove(watch) != null) {
            turn();
        }
    }

    private void turn() {
        Episode past = episode;
        episode = new Episode(List.copyOf(lost.values()));
        past.turn.breakNow();
    }
}
