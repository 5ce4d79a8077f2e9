package dev.waypost.lookup;

import dev.waypost.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells when the answer to a question changes: asks, waits for the end of the answer's freshness, asks again, and tells
 * what is new.
 *
 * <p>The first outcome is delivered at once, then every change, in order and one at a time. Changes that come faster than a
 * listener takes them are told as one; the last state is never left out. Safe for any number of threads.
 */
public final class Watches implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final Lookups lookups;
    private final ScheduledExecutorService timer;
    private final Ticker ticker;
    private final Set<Watch<?>> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor deliveries = oneThread();

    /**
     * Watches on the answers of look-ups.
     *
     * @param timer runs what is to be asked again at a time; stays its owner's to close
     */
    public Watches(Lookups lookups, ScheduledExecutorService timer, Ticker ticker) {
        this.lookups = lookups;
        this.timer = timer;
        this.ticker = ticker;
    }

    /** Ends by itself when nothing is to be delivered. */
    private static ThreadPoolExecutor oneThread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "waypost-push");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Watches a question; the listener is called on one thread that all watches share, so it must be quick.
     *
     * @param listener an exception it throws is logged, and it is told of the next change all the same
     */
    public <T> Subscription watch(Question<T> question, Consumer<Lookup<T>> listener) {
        return watch(question, listener, deliveries);
    }

    /** Watches a question; the listener is called by an executor of the caller's. */
    public <T> Subscription watch(Question<T> question, Consumer<Lookup<T>> listener, Executor executor) {
        Names.ofLiteral(question.text()); // text that is no domain name is told to the caller, not to a log
        Watch<T> watch = new Watch<>(question, lookups, listener, executor, this);
        open.add(watch);
        watch.refresh();
        return watch;
    }

    /**
     * A publisher of a question's outcomes: each subscriber gets the present one, then every change. A subscriber that has
     * asked for no more yet gets the last one when it asks.
     */
    public <T> Flow.Publisher<Lookup<T>> publisher(Question<T> question) {
        return subscriber -> LookupSubscription.begin(this, question, subscriber, deliveries);
    }

    /**
     * The first outcome that a predicate accepts: an event, not a poll, completes it.
     *
     * @return never completes by itself where none comes; cancelling it ends the watch
     */
    public <T> CompletableFuture<Lookup<T>> first(Question<T> question, Predicate<Lookup<T>> wanted) {
        CompletableFuture<Lookup<T>> first = new CompletableFuture<>();
        Subscription watch = watch(question, lookup -> {
            if (wanted.test(lookup)) {
                first.complete(lookup);
            }
        });
        var unused = first.whenComplete((lookup, thrown) -> watch.close());
        return first;
    }

    /**
     * The addresses of a host as soon as it has one, which the event that brings it tells.
     *
     * @param host as {@link Question#addresses(String)} takes it
     * @param patience completes exceptionally with a {@link java.util.concurrent.TimeoutException} after it
     * @return completes with {@link Lookup.Found} only; cancelling it ends the watch
     */
    public CompletableFuture<Lookup<List<InetAddress>>> awaitName(String host, Duration patience) {
        return first(Question.addresses(host), lookup -> lookup instanceof Lookup.Found)
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * The endpoints of a service, ready and other ones, as soon as enough of them are ready.
     *
     * @param service as {@link Question#endpoints} takes it: its source must know attributes
     * @param ready how many, at least
     * @param patience completes exceptionally with a {@link java.util.concurrent.TimeoutException} after it
     * @return completes with {@link Lookup.Found} only; cancelling it ends the watch
     */
    public CompletableFuture<Lookup<List<Endpoint>>> awaitEndpoints(String service, int ready, Duration patience) {
        return first(Question.endpoints(service), lookup -> ready(lookup) >= ready)
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How many are ready; fewer than none where there is no service. */
    private static long ready(Lookup<List<Endpoint>> lookup) {
        return lookup instanceof Lookup.Found<List<Endpoint>> found
                ? found.value().stream().filter(Endpoint::ready).count()
                : -1;
    }

    /** How many watches are open. */
    public int size() {
        return open.size();
    }

    /** Asks every question again: the resolver says something else from now on. */
    public void refresh() {
        open.forEach(Watch::refresh);
    }

    /** Ends every watch. */
    @Override
    public void close() {
        open.forEach(Watch::close);
        deliveries.shutdown();
    }

    void closed(Watch<?> watch) {
        open.remove(watch);
    }

    Ticker ticker() {
        return ticker;
    }

    /**
     * Runs work at its time, but not after the end.
     *
     * @return takes it back
     */
    Runnable later(Runnable work, long nanos) {
        try {
            var scheduled = timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException ended) { // while this round ran
            return () -> {};
        }
    }
}
