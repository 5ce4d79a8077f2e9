package dev.waypost.kubernetes.demand;

import dev.waypost.kubernetes.watch.SingleWatch;
import dev.waypost.zone.Witness;
import java.util.Optional;

/** What is known of something wanted, and whether it is still asked for. Guarded by its {@link DemandWatch} unless volatile. */
final class Held {
    private final Wanted wanted;
    private final Optional<SingleWatch<?>> watch;
    private long dueNanos;
    private boolean suspect;
    private volatile boolean asked = true;
    private volatile Witness witness = new Witness();

    /**
     * Held from now on.
     *
     * @param watch keeps it true; without one it is true for a while
     * @param dueNanos when to look at it again
     */
    Held(Wanted wanted, Optional<SingleWatch<?>> watch, long dueNanos) {
        this.wanted = wanted;
        this.watch = watch;
        this.dueNanos = dueNanos;
    }

    Wanted wanted() {
        return wanted;
    }

    boolean isWatched() {
        return watch.isPresent();
    }

    /** Holds for what is missing in it, until it is given up or suspected to be of no use. */
    Witness witness() {
        return witness;
    }

    void ask() {
        asked = true;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    /** Whether it was not asked for since it became suspect, or is true no more. */
    boolean isOver() {
        return !isWatched() || suspect && !asked;
    }

    /** Whether nothing was asked of it since the last look; replies that are replayed ask nothing. */
    boolean isSuspect() {
        return suspect;
    }

    /** A look at it. @return whether it has become suspect: what was said of it must end, so that who wants it asks */
    boolean look(long nextNanos) {
        dueNanos = nextNanos;
        suspect = !asked;
        asked = false;
        if (suspect) {
            Witness past = witness;
            witness = new Witness();
            past.breakNow();
        }
        return suspect;
    }

    /** Ends its watch, so that nothing changes it any more. */
    void close() {
        watch.ifPresent(SingleWatch::close);
    }

    /** Ends what was said of it, once what is said instead can be seen. */
    void end() {
        witness.breakNow();
    }
}
