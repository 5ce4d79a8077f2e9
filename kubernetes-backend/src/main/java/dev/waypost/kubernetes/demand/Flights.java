package dev.waypost.kubernetes.demand;

import dev.waypost.Ticker;
import dev.waypost.kubernetes.watch.TokenBucket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The fetches under way: whoever wants the same shares one. Bounded in number
 * and pace: who asks for random names must not reach the API server. Safe for any number of threads. */
final class Flights {
    private static final int MOST = 256;
    private static final double A_SECOND = 20;
    private static final int BURST = 100;

    private final Ticker ticker;
    private final TokenBucket pace;
    private final Consumer<Wanted> fetcher;
    private final Map<Wanted, CompletableFuture<Void>> underWay = new HashMap<>();

    /** @param fetcher begins a fetch and returns; it calls {@link #landed} at its end */
    Flights(Ticker ticker, Consumer<Wanted> fetcher) {
        this.ticker = ticker;
        this.pace = new TokenBucket(A_SECOND, BURST, ticker);
        this.fetcher = fetcher;
    }

    /** Begins a fetch or joins it; empty where no more of them may be made. */
    Optional<CompletionStage<Void>> join(Wanted wanted, long deadlineNanos) {
        long left = deadlineNanos - ticker.nanoTime();
        CompletableFuture<Void> flight = left <= 0 ? null : begin(wanted);
        // A copy each, so that one who has waited long enough ends nobody else's wait.
        return flight == null
                ? Optional.empty()
                : Optional.of(flight.copy().completeOnTimeout(null, left, TimeUnit.NANOSECONDS));
    }

    /** Begins a fetch unless it is under way; null where no more of them may be made. */
    synchronized @Nullable CompletableFuture<Void> begin(Wanted wanted) {
        CompletableFuture<Void> known = underWay.get(wanted);
        if (known != null || underWay.size() >= MOST || !pace.take()) {
            return known;
        }
        CompletableFuture<Void> flight = new CompletableFuture<>();
        underWay.put(wanted, flight);
        fetcher.accept(wanted);
        return flight;
    }

    /** A fetch is over, however it ended. */
    void landed(Wanted wanted) {
        CompletableFuture<Void> flight;
        synchronized (this) {
            flight = underWay.remove(wanted);
        }
        if (flight != null) {
            flight.complete(null); // outside of the lock: those who wait look again on this thread
        }
    }

    /** All are over. */
    void end() {
        Map<Wanted, CompletableFuture<Void>> all;
        synchronized (this) {
            all = Map.copyOf(underWay);
            underWay.clear();
        }
        all.values().forEach(flight -> flight.complete(null));
    }
}
