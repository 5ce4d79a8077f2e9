package dev.waypost.socket;

import dev.waypost.corefile.ReloadSettings;
import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at a Corefile again and again, on one daemon thread; without settings it does nothing. */
final class CorefileWatch implements Closeable {
    private final Runnable look;
    private @Nullable ScheduledThreadPoolExecutor timer;
    private Optional<ReloadSettings> settings = Optional.empty();
    private boolean scheduled;
    private boolean closed;

    CorefileWatch(Runnable look) {
        this.look = look;
    }

    /** Looks as often as these want from now on. */
    synchronized void follow(Optional<ReloadSettings> wanted) {
        settings = wanted;
        schedule();
    }

    private synchronized void schedule() {
        if (closed || scheduled || settings.isEmpty()) {
            return;
        }
        ScheduledThreadPoolExecutor executor = timer;
        if (executor == null) {
            executor = newTimer();
            timer = executor;
        }
        scheduled = true;
        Duration pause = pause(settings.get(), ThreadLocalRandom.current().nextDouble());
        executor.schedule(this::lookAndGoOn, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void lookAndGoOn() {
        try {
            look.run();
        } finally {
            again();
        }
    }

    private synchronized void again() {
        scheduled = false;
        schedule();
    }

    /** The interval, give or take the jitter: servers started together must not all look at once. */
    static Duration pause(ReloadSettings settings, double random) {
        return settings.interval()
                .plusNanos((long) ((2 * random - 1) * settings.jitter().toNanos()));
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "waypost-reload");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** Looks no more; a look that has begun is interrupted, and not waited for. */
    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
