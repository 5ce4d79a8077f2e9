package dev.waypost.forwarding;

import dev.waypost.Pending;
import dev.waypost.Resolution;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Questions asked anew on behalf of the cache: one at a time for each, and so many in all. Safe for any threads. */
final class Refreshes {
    private static final System.Logger LOG = System.getLogger(Refreshes.class.getName());

    /** At once, at most: whatever is beyond goes on with the answer it has. */
    static final int MOST = 1_024;

    /** A resolver that does not keep its deadline must not keep a place either. */
    private static final long LOST_SECONDS = 30;

    private final Map<AnswerStore.Key, CompletableFuture<Resolution>> underWay = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MOST);

    /** The refresh of an answer, already under way or begun now; empty when too many are under way. */
    Optional<CompletableFuture<Resolution>> join(AnswerStore.Key key, Supplier<Resolution> ask) {
        CompletableFuture<Resolution> present = underWay.get(key);
        if (present != null) {
            return Optional.of(present);
        }
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        CompletableFuture<Resolution> mine = new CompletableFuture<>();
        CompletableFuture<Resolution> other = underWay.putIfAbsent(key, mine);
        if (other != null) {
            places.release();
            return Optional.of(other);
        }
        begin(key, mine, ask);
        return Optional.of(mine);
    }

    /** The refresh of an answer that is under way. */
    Optional<CompletableFuture<Resolution>> underWay(AnswerStore.Key key) {
        return Optional.ofNullable(underWay.get(key));
    }

    private void begin(AnswerStore.Key key, CompletableFuture<Resolution> mine, Supplier<Resolution> ask) {
        mine.whenComplete((resolution, fault) -> {
            underWay.remove(key, mine);
            places.release();
            if (fault != null) {
                LOG.log(System.Logger.Level.WARNING, "an answer could not be refreshed: " + key.question(), fault);
            }
        });
        try {
            Resolution resolution = ask.get();
            if (resolution instanceof Pending pending) {
                mine.orTimeout(LOST_SECONDS, TimeUnit.SECONDS);
                pending.settled().whenComplete((settled, fault) -> {
                    if (fault == null) {
                        mine.complete(settled);
                    } else {
                        mine.completeExceptionally(fault);
                    }
                });
            } else {
                mine.complete(resolution);
            }
        } catch (RuntimeException | Error fault) {
            mine.completeExceptionally(fault);
        }
    }

    /** How many are under way. */
    int size() {
        return MOST - places.availablePermits();
    }
}
