package dev.waypost.corefile.directive;

import dev.waypost.Ticker;
import java.util.concurrent.TimeUnit;

/** How many lines a log may take a second: whoever makes queries fail must not fill a disk or hold a thread by it. */
final class LogBudget {
    private static final int LINES_A_SECOND = 100;

    private final Ticker ticker;
    private long windowNanos;
    private int lines;
    private long leftOut;

    LogBudget(Ticker ticker) {
        this.ticker = ticker;
        this.windowNanos = ticker.nanoTime();
    }

    /**
     * Asks for a line.
     *
     * @return negative when there is none left in this second, otherwise how many were left out before this one
     */
    synchronized long take() {
        long now = ticker.nanoTime();
        if (now - windowNanos >= TimeUnit.SECONDS.toNanos(1)) {
            windowNanos = now;
            lines = 0;
        }
        if (lines == LINES_A_SECOND) {
            leftOut++;
            return -1;
        }
        lines++;
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
