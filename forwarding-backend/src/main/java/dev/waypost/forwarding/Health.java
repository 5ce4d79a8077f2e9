package dev.waypost.forwarding;

import java.util.concurrent.TimeUnit;

/**
 * How an upstream does, by the outcomes of real queries: while it is down others are asked first.
 *
 * <p>It is down for two reasons. <em>Silent</em>: so many exchanges in a row had no reply, until anything is heard of it, a
 * reply to a probe too. <em>Storm</em>: nearly all of its last replies said SERVFAIL, REFUSED or the like; it then rests, and
 * one real query tries it again, because a probe says nothing of the names that failed. Written on the loop's thread.
 */
final class Health {
    /** Replies looked back on, and how many failures among them are a storm; half of that is good weather again. */
    static final int LOOK_BACK = 20;

    static final int STORM = 16;

    private static final int MOST_COUNTED = 1_000_000;
    private static final int WINDOW = (1 << LOOK_BACK) - 1;
    private static final long FIRST_REST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_REST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int maxFails;
    private int refusals;
    private long nextRestNanos = FIRST_REST_NANOS;
    private volatile int failures;
    private volatile boolean resting;
    private volatile long restEndNanos;
    private volatile boolean trying;

    /**
     * @param maxFails exchanges without reply in a row that make it silent; 0 keeps it from ever being down
     */
    Health(int maxFails) {
        this.maxFails = maxFails;
    }

    /** Whether others are to be asked first. */
    boolean isDown(long now) {
        return maxFails > 0 && (failures >= maxFails || resting && (now - restEndNanos < 0 || trying));
    }

    /** Whether nothing came back lately. */
    boolean isDoubted() {
        return failures > 0;
    }

    /** A real query goes to it: after a rest it is the one that tries. */
    void asked(long now) {
        trying = resting && (trying || now - restEndNanos >= 0);
    }

    /** A reply came, whatever it says. */
    void heard() {
        failures = 0;
    }

    /** No reply came, or another upstream's came first although that one was asked later. */
    void failed(long now) {
        failures = Math.min(failures, MOST_COUNTED) + 1;
        if (trying) {
            rest(now);
        }
    }

    /** What the reply to a real query said in the end. */
    void judged(boolean answer, long now) {
        refusals = (refusals << 1 | (answer ? 0 : 1)) & WINDOW;
        int bad = Integer.bitCount(refusals);
        if (answer) {
            resting = false;
            trying = false;
            nextRestNanos = bad < STORM / 2 ? FIRST_REST_NANOS : nextRestNanos;
        } else if (bad >= STORM && (!resting || trying)) {
            rest(now);
        }
    }

    /** A real query came to nothing that says anything of it: if it was the one that tried, another may. */
    void abandoned() {
        trying = false;
    }

    private void rest(long now) {
        resting = true;
        trying = false;
        restEndNanos = now + nextRestNanos;
        nextRestNanos = Math.min(2 * nextRestNanos, LONGEST_REST_NANOS);
    }
}
