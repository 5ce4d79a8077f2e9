package dev.waypost.forwarding;

import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cache's clock that moves when it is told to, and then does what is due. */
final class FakeClock implements Clock {
    private record Task(long dueNanos, Runnable work) {}

    private final FakeTicker ticker = new FakeTicker();
    private final List<Task> tasks = new ArrayList<>();

    FakeTicker ticker() {
        return ticker;
    }

    @Override
    public long now() {
        return ticker.nanoTime();
    }

    @Override
    public synchronized void after(long nanos, Runnable task) {
        tasks.add(new Task(now() + nanos, task));
    }

    /** Moves the clock forward. */
    void advance(Duration by) {
        ticker.advance(by);
        List<Task> due;
        synchronized (this) {
            due = tasks.stream().filter(task -> task.dueNanos() <= now()).toList();
            tasks.removeAll(due);
        }
        due.forEach(task -> task.work().run());
    }
}
