package dev.waypost.socket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts the replies that are owed, so that a stop can wait for them. Safe for any number of threads. */
final class InFlight {
    private int owed;

    /** A reply will come later. It may even have come already: the count is below zero for that moment. */
    synchronized void owe() {
        owed++;
        tellIfNone();
    }

    /** A reply was sent, or never will be. */
    synchronized void settle() {
        owed--;
        tellIfNone();
    }

    private void tellIfNone() {
        if (owed <= 0) {
            notifyAll();
        }
    }

    /** Waits until nothing is owed; an interrupt ends the wait and stays set. */
    synchronized boolean awaitNone(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (owed > 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
