package dev.waypost.kubernetes.demand;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two daemon threads: one waits for the API server, the other is there for who comes meanwhile. */
final class Workers implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");
    private static final int COUNT = 2;
    private static final long SWEEP_MILLIS = 1000;
    private static final long CLOSE_MILLIS = 500;

    private final AtomicInteger number = new AtomicInteger();
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(COUNT, work -> {
        Thread thread = new Thread(work, "waypost-demand-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    /** @throws java.util.concurrent.RejectedExecutionException once closed */
    void execute(Runnable work) {
        threads.execute(work);
    }

    /** Repeats work every second, whatever it throws. */
    void repeat(Runnable work) {
        threads.scheduleWithFixedDelay(() -> guarded(work), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.WARNING, () -> "looking for idle watches failed and goes on: " + failure, failure);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
