package dev.waypost;

/** The monotonic clock of an engine: every deadline, TTL and age is counted on it, so a wall clock may jump. */
@FunctionalInterface
public interface Ticker {
    /** {@link System#nanoTime()}. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds from an arbitrary origin; differences count, values do not. */
    long nanoTime();
}
