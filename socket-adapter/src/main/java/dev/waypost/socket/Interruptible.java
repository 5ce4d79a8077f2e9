package dev.waypost.socket;

import org.jspecify.annotations.Nullable;

/** Work that may wait for long and that another thread may end: its thread is interrupted, and the interrupt cleared. */
final class Interruptible {
    private @Nullable Thread worker;
    private boolean ended;
    private boolean interrupted;

    /**
     * Runs work on the calling thread; one at a time.
     *
     * @throws IllegalStateException when it is not to begin any more
     */
    void run(Runnable work) {
        begin();
        try {
            work.run();
        } finally {
            leave();
        }
    }

    private synchronized void begin() {
        if (ended) {
            throw new IllegalStateException("the server is stopping");
        }
        worker = Thread.currentThread();
    }

    private synchronized void leave() {
        worker = null;
        if (interrupted) {
            Thread.interrupted(); // it was meant for the work, not for the caller's thread
        }
    }

    /** Ends the work under way, and lets none begin any more. */
    synchronized void end() {
        ended = true;
        if (worker != null && !interrupted) {
            interrupted = true;
            worker.interrupt();
        }
    }
}
