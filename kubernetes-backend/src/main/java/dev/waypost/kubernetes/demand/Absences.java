package dev.waypost.kubernetes.demand;

import dev.waypost.Freshness;
import dev.waypost.Ticker;
import dev.waypost.zone.Finding;
import dev.waypost.zone.Witness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is not there, or could not be fetched, and for how long that is not tried again. Bounded: names come from outside.
 * Safe for any number of threads.
 */
final class Absences {
    private static final int MOST = 10_000;

    private final Ticker ticker;
    private final Map<Wanted, Absence> absences = new ConcurrentHashMap<>();

    /** @param reason why it could not be fetched; empty where it is not there */
    private record Absence(long untilNanos, String reason, Witness witness) {}

    Absences(Ticker ticker) {
        this.ticker = ticker;
    }

    /** What is to be said of something wanted; empty where it is worth to fetch it. */
    Optional<Finding> finding(Wanted wanted, Freshness freshness) {
        Absence absence = absences.get(wanted);
        if (absence == null || isOver(absence)) {
            return Optional.empty();
        }
        return Optional.of(
                absence.reason().isEmpty()
                        ? new Finding.NxDomain(freshness.and(absence.witness()))
                        : new Finding.NotReady(absence.reason()));
    }

    private boolean isOver(Absence absence) {
        return ticker.nanoTime() - absence.untilNanos() >= 0;
    }

    void absent(Wanted wanted, Duration life) {
        put(wanted, life, "");
    }

    void failed(Wanted wanted, Duration pause, String reason) {
        put(wanted, pause, reason);
    }

    private void put(Wanted wanted, Duration life, String reason) {
        if (absences.size() < MOST || absences.containsKey(wanted)) {
            Absence made = new Absence(ticker.nanoTime() + life.toNanos(), reason, new Witness());
            end(absences.put(wanted, made));
        }
    }

    /** It is there now. */
    void forget(Wanted wanted) {
        end(absences.remove(wanted));
    }

    /** Ends what has lasted long enough: replies that are replayed look at no clock. */
    void sweep() {
        absences.forEach((wanted, absence) -> {
            if (isOver(absence) && absences.remove(wanted, absence)) {
                absence.witness().breakNow();
            }
        });
    }

    /** Why the first of those that could not be fetched could not; empty where none is. */
    String trouble() {
        return absences.values().stream()
                .map(Absence::reason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static void end(@Nullable Absence past) {
        if (past != null) {
            past.witness().breakNow();
        }
    }
}
