package dev.waypost.forwarding;

import java.util.concurrent.TimeUnit;

/**
 * How long an upstream takes to reply, lately: counts in buckets that grow by a quarter, all halved when there are many, so
 * that what was an hour ago counts for nothing. Written on the loop's thread; {@link #p95Nanos} may be read by any.
 */
final class ReplyTimes {
    /** What is supposed of an upstream that has not replied often enough to be known. */
    static final long UNKNOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int LEAST_SAMPLES = 16;
    private static final int MOST_SAMPLES = 1024;
    private static final double LEAST_NANOS = 100_000;
    private static final double GROWTH = 1.25;
    /** Up to 8 s: longer nobody waits. */
    private static final int BUCKETS = 52;

    private static final int PERCENT = 95;

    private final int[] counts = new int[BUCKETS];
    private int samples;
    private volatile long p95Nanos = UNKNOWN_NANOS;

    /** Takes one time in. */
    void add(long nanos) {
        counts[bucket(nanos)]++;
        if (++samples >= MOST_SAMPLES) {
            samples = 0;
            for (int i = 0; i < BUCKETS; i++) {
                counts[i] /= 2;
                samples += counts[i];
            }
        }
        p95Nanos = samples < LEAST_SAMPLES ? UNKNOWN_NANOS : upperBound(percentile());
    }

    private static int bucket(long nanos) {
        double steps = Math.log(Math.max(nanos, LEAST_NANOS) / LEAST_NANOS) / Math.log(GROWTH);
        return Math.min(BUCKETS - 1, (int) steps);
    }

    private int percentile() {
        int above = samples - samples * PERCENT / 100;
        int bucket = BUCKETS - 1;
        for (int seen = counts[bucket]; seen < above && bucket > 0; seen += counts[bucket]) {
            bucket--;
        }
        return bucket;
    }

    private static long upperBound(int bucket) {
        return (long) (LEAST_NANOS * Math.pow(GROWTH, bucket + 1));
    }

    /** The time within which nineteen of twenty replies came, rounded up. */
    long p95Nanos() {
        return p95Nanos;
    }
}
