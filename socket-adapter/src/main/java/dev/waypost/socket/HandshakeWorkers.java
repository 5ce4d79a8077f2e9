package dev.waypost.socket;

import java.io.Closeable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads for what TLS handshakes cost the processor: half of the cores at most, none while there is nothing to do,
 * so that clients who shake hands keep nobody from being answered. A stream has one piece of work at a time, so the queue is
 * no longer than there are connections.
 */
final class HandshakeWorkers implements Closeable {
    private static final long IDLE_SECONDS = 5;

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    HandshakeWorkers() {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "waypost-tls-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Does a piece of work.
     *
     * @param then what follows it, whatever it threw: an engine keeps that and says it at its next step
     */
    void run(Runnable work, Runnable then) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    then.run();
                }
            });
        } catch (RejectedExecutionException stopping) {
            // every connection is closed by then
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
