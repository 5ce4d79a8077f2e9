package dev.waypost.forwarding.transport;

/** A task that waits for its time on an {@link IoLoop}. */
public final class Timer {
    private final IoLoop loop;
    private final long dueNanos;
    private final Runnable task;
    private volatile boolean cancelled;

    Timer(IoLoop loop, long dueNanos, Runnable task) {
        this.loop = loop;
        this.dueNanos = dueNanos;
        this.task = task;
    }

    long dueNanos() {
        return dueNanos;
    }

    /** Takes the timer back; after it fired this does nothing. */
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            loop.forget(this);
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    void fire() {
        if (!cancelled) {
            cancelled = true;
            task.run();
        }
    }
}
