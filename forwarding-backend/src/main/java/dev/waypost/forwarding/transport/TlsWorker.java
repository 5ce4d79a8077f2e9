package dev.waypost.forwarding.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One daemon thread for what would hold the loop up: the arithmetic of handshakes, the checks of certificates - which a host
 * may have told to ask elsewhere - and the work of the HTTP client. It begins when there is such work.
 */
public final class TlsWorker implements Executor, AutoCloseable {
    private final IoLoop loop;
    private @Nullable ExecutorService thread;
    private boolean closed;

    public TlsWorker(IoLoop loop) {
        this.loop = loop;
    }

    /** Runs work, and what follows it on the loop's thread. */
    void run(Runnable work, Runnable then) {
        execute(() -> {
            try {
                work.run();
            } finally {
                loop.execute(then);
            }
        });
    }

    @Override
    public synchronized void execute(Runnable work) {
        if (closed) {
            throw new RejectedExecutionException("the forwarder is closed");
        }
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(runnable -> {
                Thread daemon = new Thread(runnable, "waypost-forward-tls");
                daemon.setDaemon(true);
                return daemon;
            });
        }
        thread.execute(work);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
