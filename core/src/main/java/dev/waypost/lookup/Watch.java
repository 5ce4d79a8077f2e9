package dev.waypost.lookup;

import dev.waypost.Freshness;
import dev.waypost.Staleness;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One question that is asked again whenever its answer ends.
 *
 * <p>At most one round runs at a time: asked, told, armed. Whatever calls for another one meanwhile makes one more follow,
 * so a burst of changes is one round, and the last change is in it.
 */
final class Watch<T> implements Subscription {
    private static final Logger LOG = System.getLogger("dev.waypost.lookup");

    /** An answer that no event ends and no cache keeps is asked for again after its TTL, but not sooner than this. */
    private static final long LEAST_TTL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private enum State {
        IDLE,
        RUNNING,
        RUNNING_AND_WANTED,
        CLOSED
    }

    private final Question<T> question;
    private final Lookups lookups;
    private final Consumer<Lookup<T>> listener;
    private final Executor executor;
    private final Watches owner;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final AtomicReference<Runnable> disarm = new AtomicReference<>(() -> {});
    // Only a round touches these, and rounds follow each other.
    private @Nullable Lookup<T> told;
    private long retryNanos = FIRST_RETRY_NANOS;

    Watch(Question<T> question, Lookups lookups, Consumer<Lookup<T>> listener, Executor executor, Watches owner) {
        this.question = question;
        this.lookups = lookups;
        this.listener = listener;
        this.executor = executor;
        this.owner = owner;
    }

    /** Calls for a round. Quick, and safe on any thread: what breaks a witness comes here. */
    void refresh() {
        State before = state.getAndUpdate(now -> switch (now) {
            case IDLE -> State.RUNNING;
            case RUNNING, RUNNING_AND_WANTED -> State.RUNNING_AND_WANTED;
            case CLOSED -> State.CLOSED;
        });
        if (before == State.IDLE) {
            hand(this::round);
        }
    }

    private void hand(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException shutDown) {
            close();
        }
    }

    private void round() {
        disarm.getAndSet(() -> {}).run();
        Eventual<Answered<T>> answer;
        try {
            answer = lookups.answer(question);
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
        if (answer.isHere()) {
            end(answer.now());
        } else {
            // Back to the listener's own thread: an upstream's must not wait for it.
            var unused = answer.stage()
                    .whenComplete((answered, thrown) -> hand(() -> {
                        if (thrown == null) {
                            end(answered);
                        } else {
                            LOG.log(Level.WARNING, () -> "a watch on " + question + " ended: " + thrown, thrown);
                            close();
                        }
                    }));
        }
    }

    private void end(Answered<T> answered) {
        tell(lookups.bounded(question, answered).lookup());
        arm(answered);
        State before = state.getAndUpdate(now -> switch (now) {
            case RUNNING, IDLE -> State.IDLE;
            case RUNNING_AND_WANTED -> State.RUNNING;
            case CLOSED -> State.CLOSED;
        });
        if (before == State.RUNNING_AND_WANTED) {
            hand(this::round); // through the executor, so that other watches have their turn
        } else if (before == State.CLOSED) {
            disarm.getAndSet(() -> {}).run();
        }
    }

    private void tell(Lookup<T> lookup) {
        if (lookup.equals(told) || state.get() == State.CLOSED) {
            return;
        }
        told = lookup;
        try {
            listener.accept(lookup);
        } catch (RuntimeException | Error thrown) {
            LOG.log(Level.WARNING, () -> "a listener on " + question + " threw, and is told on: " + thrown, thrown);
        }
    }

    private void arm(Answered<T> answered) {
        long now = owner.ticker().nanoTime();
        long left = Math.min(answered.freshness().nanosLeft(now), untilTooStale(answered, now));
        Runnable noTimer = () -> {};
        Runnable timer = left == Long.MAX_VALUE ? noTimer : owner.later(this::refresh, pause(answered, left));
        Runnable event = answered.freshness().onBreak(this::refresh);
        disarm.set(() -> {
            timer.run();
            event.run();
        });
    }

    /** How long until the answer of a source that is out of touch is too old for this question. */
    private long untilTooStale(Answered<T> answered, long now) {
        if (question.mostStale().isEmpty()
                || !(answered.lookup() instanceof Lookup.Found<T> found)
                || found.staleness().equals(Staleness.FRESH)) {
            return Long.MAX_VALUE;
        }
        long left = question.mostStale().get().minus(found.staleness().age(now)).toNanos();
        return left < 0 ? Long.MAX_VALUE : left + 1; // told already
    }

    private long pause(Answered<T> answered, long left) {
        if (!answered.isDecided()) {
            long pause = retryNanos;
            retryNanos = Math.min(LAST_RETRY_NANOS, 2 * retryNanos);
            return pause;
        }
        retryNanos = FIRST_RETRY_NANOS;
        if (left > 0) {
            return left;
        }
        Freshness freshness = answered.freshness();
        boolean over = freshness.isTimed() && !freshness.isUncached(); // it ended while it was told
        return over ? LEAST_TTL_NANOS : Math.max(LEAST_TTL_NANOS, TimeUnit.SECONDS.toNanos(answered.ttlSeconds()));
    }

    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) != State.CLOSED) {
            disarm.getAndSet(() -> {}).run();
            owner.closed(this);
        }
    }
}
