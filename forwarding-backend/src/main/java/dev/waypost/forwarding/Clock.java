package dev.waypost.forwarding;

import dev.waypost.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time as a cache sees it: what it is, and when something is to be done. */
interface Clock {
    long now();

    /** Runs a short task later. */
    void after(long nanos, Runnable task);

    /** A ticker's time; tasks run on the timer thread that every JVM has for its futures. */
    static Clock of(Ticker ticker) {
        return new Clock() {
            @Override
            public long now() {
                return ticker.nanoTime();
            }

            @Override
            public void after(long nanos, Runnable task) {
                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(task);
            }
        };
    }
}
