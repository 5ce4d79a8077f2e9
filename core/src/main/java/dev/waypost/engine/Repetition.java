package dev.waypost.engine;

import dev.waypost.PeriodicTask;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A periodic task that goes on after whatever it throws, and tells of a fault once, not at each run that shows it again. */
final class Repetition implements Runnable {
    private static final Logger LOG = System.getLogger("dev.waypost.engine");

    private final PeriodicTask task;
    private boolean failing; // only the timer thread comes here

    Repetition(PeriodicTask task) {
        this.task = task;
    }

    @Override
    public void run() {
        try {
            task.work().run();
            failing = false;
        } catch (RuntimeException | Error failure) {
            LOG.log(
                    failing ? Level.DEBUG : Level.WARNING,
                    () -> task.name() + " failed and goes on: " + failure,
                    failure);
            failing = true;
        }
    }
}
