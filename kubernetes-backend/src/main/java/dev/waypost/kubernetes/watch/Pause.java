package dev.waypost.kubernetes.watch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds threads for a while, and lets all of them go at the end. */
final class Pause {
    private final CountDownLatch end = new CountDownLatch(1);

    /** Returns after the time, or at the end if that comes first. */
    void hold(Duration time) {
        try {
            if (end.await(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS)) { // never overflows

                return; // it is over
            }
        } catch (InterruptedException stray) {
            // Nobody but us may end these threads: a stray interrupt only shortens a pause.
        }
    }

    boolean isOver() {
        return end.getCount() == 0;
    }

    void end() {
        end.countDown();
    }
}
