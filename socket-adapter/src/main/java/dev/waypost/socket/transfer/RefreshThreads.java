package dev.waypost.socket.transfer;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock that never waits for anybody, and a few threads that do. All are daemons. */
final class RefreshThreads implements Closeable {
    private static final int MOST_WORKERS = 4;
    private static final long JOIN_MILLIS = 900;

    private final ScheduledThreadPoolExecutor clock;
    private final ThreadPoolExecutor workers;

    /**
     * @param zones how many copies there are to look after
     */
    RefreshThreads(int zones) {
        clock = new ScheduledThreadPoolExecutor(1, named("waypost-secondary-clock"));
        clock.setRemoveOnCancelPolicy(true);
        int most = Math.max(1, Math.min(MOST_WORKERS, zones));
        workers = new ThreadPoolExecutor(
                most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("waypost-secondary"));
        workers.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs something that must not wait, after a time. */
    Future<?> after(Duration time, Runnable quick) {
        return clock.schedule(quick, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs something that may take long, when a worker has time for it. */
    void work(Runnable slow) {
        workers.execute(slow);
    }

    /** Ends at once; what still waits for a primary must have been told before. */
    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
        try {
            var unused = workers.awaitTermination(JOIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
