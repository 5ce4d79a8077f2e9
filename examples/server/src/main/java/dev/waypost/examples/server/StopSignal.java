package dev.waypost.examples.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM or Ctrl-C: ends the server cleanly, also one that is still starting, with exit code 0.
 *
 * <p>Made by the thread that starts the server, before it does.
 */
final class StopSignal {
    /** A start that is interrupted is over at once; this is for one that hangs all the same. */
    private static final long PATIENCE_SECONDS = 10;

    private final Thread starter = Thread.currentThread();
    private final CountDownLatch started = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "waypost-stop");
    private volatile boolean told;
    private volatile @Nullable Runnable close;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The server runs, and this closes it. */
    void serves(Runnable closing) {
        close = closing;
        started.countDown();
    }

    /** Whether the signal has come. */
    boolean isTold() {
        return told;
    }

    /** The server did not start: the process may end as it likes. */
    void failed() {
        started.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The signal has come: the hook runs, or is about to.
        }
    }

    private void stop() {
        told = true;
        starter.interrupt();
        try {
            if (started.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && close != null) {
                close.run();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        // A clean stop is no failure: without this the JVM would report the signal as exit code 143.
        Runtime.getRuntime().halt(0);
    }
}
