package dev.waypost.lookup;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A watch as reactive streams have it: nothing is told that was not asked for, and what waits is the last state only. */
final class LookupSubscription<T> implements Flow.Subscription {
    private final Flow.Subscriber<? super Lookup<T>> subscriber;
    private final Executor executor;
    private @Nullable Subscription watch;
    private @Nullable Lookup<T> waiting;
    private long demand;
    private boolean ended;

    private LookupSubscription(Flow.Subscriber<? super Lookup<T>> subscriber, Executor executor) {
        this.subscriber = subscriber;
        this.executor = executor;
    }

    static <T> void begin(
            Watches watches, Question<T> question, Flow.Subscriber<? super Lookup<T>> subscriber, Executor executor) {
        LookupSubscription<T> subscription = new LookupSubscription<>(subscriber, executor);
        subscriber.onSubscribe(subscription);
        subscription.watching(watches.watch(question, subscription::changed, executor));
    }

    private synchronized void watching(Subscription opened) {
        watch = opened;
        if (ended) {
            opened.close();
        }
    }

    /** On the executor's one thread. */
    private void changed(Lookup<T> lookup) {
        synchronized (this) {
            waiting = lookup;
        }
        deliver();
    }

    private void deliver() {
        Lookup<T> next;
        synchronized (this) {
            if (ended || demand == 0 || waiting == null) {
                return;
            }
            next = waiting;
            waiting = null;
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        }
        subscriber.onNext(next);
    }

    @Override
    public void request(long count) {
        if (count <= 0) { // Reactive Streams 3.9
            cancel();
            hand(() -> subscriber.onError(
                    new IllegalArgumentException("a subscriber asks for one or more, found " + count)));
            return;
        }
        synchronized (this) {
            demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
        }
        hand(this::deliver);
    }

    /** Reactive Streams 3.16: a request never throws; after the end there is nothing to deliver. */
    private void hand(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException ended) {
            cancel();
        }
    }

    @Override
    public synchronized void cancel() {
        ended = true;
        waiting = null;
        if (watch != null) {
            watch.close();
        }
    }
}
