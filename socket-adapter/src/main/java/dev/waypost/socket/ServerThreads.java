package dev.waypost.socket;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The threads of a server: daemons, so that an embedding program ends when it wants to. */
final class ServerThreads {
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(1);

    /** What is thrown again and again must not take a whole core. */
    private static final long RESTART_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private ServerThreads() {}

    /**
     * Starts a thread for work that only ends when it is told to. Should something be thrown out of it all the same, it
     * is counted and the work is taken up again.
     *
     * @param failed counts; what it throws itself is passed over
     */
    static Thread start(String name, Runnable work, Runnable failed) {
        Thread thread = new Thread(() -> restarting(work, failed), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @SuppressWarnings("CatchingUnchecked") // an Error too: a listener survives it
    private static void restarting(Runnable work, Runnable failed) {
        while (true) {
            try {
                work.run();
                return;
            } catch (Throwable thrown) {
                survive(failed);
            }
        }
    }

    /** With no memory left even counting may throw, and no thread may end of that: nothing is made here. */
    @SuppressWarnings("CatchingUnchecked")
    private static void survive(Runnable failed) {
        try {
            failed.run();
        } catch (Throwable uncounted) {
            // the next one is counted, when there is memory again
        }
        LockSupport.parkNanos(RESTART_PAUSE_NANOS);
    }

    /** Waits for threads that were told to end; an interrupt ends the wait and stays set. */
    static void join(List<Thread> threads) {
        long end = System.nanoTime() + JOIN_PATIENCE.toNanos();
        try {
            for (Thread thread : threads) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (thread != Thread.currentThread() && left > 0) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
