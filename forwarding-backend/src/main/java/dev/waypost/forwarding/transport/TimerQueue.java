package dev.waypost.forwarding.transport;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Timers by their time. A cancelled one leaves at once, so a busy forwarder holds only queries in flight. One thread's. */
final class TimerQueue {
    /** No timer waits. */
    static final long NOTHING_DUE = -1;

    private static final long NANOS_A_MILLI = 1_000_000;

    private final TreeMap<Place, Timer> timers = new TreeMap<>();
    private final Map<Timer, Place> places = new IdentityHashMap<>();
    private long sequence;

    /** Where a timer stands; times compare by difference, as they may wrap. */
    private record Place(long nanoTime, long sequence) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            long difference = nanoTime - other.nanoTime;
            return difference != 0 ? Long.signum(difference) : Long.compare(sequence, other.sequence);
        }
    }

    void add(Timer timer) {
        if (!timer.isCancelled()) { // it may have been taken back before it arrived here
            Place place = new Place(timer.dueNanos(), sequence++);
            timers.put(place, timer);
            places.put(timer, place);
        }
    }

    void remove(Timer timer) {
        Place place = places.remove(timer);
        if (place != null) {
            timers.remove(place);
        }
    }

    /** A timer whose time has come, taken out; {@code null} when there is none. */
    @Nullable
    Timer takeDue(long now) {
        if (timers.isEmpty() || timers.firstKey().nanoTime() - now > 0) {
            return null;
        }
        Timer due = timers.pollFirstEntry().getValue();
        places.remove(due);
        return due;
    }

    /** Milliseconds to the next timer, rounded up, so that a wait never ends just before its time; 0 if it has come. */
    long millisToNext(long now) {
        if (timers.isEmpty()) {
            return NOTHING_DUE;
        }
        long nanos = timers.firstKey().nanoTime() - now;
        return nanos <= 0 ? 0 : (nanos + NANOS_A_MILLI - 1) / NANOS_A_MILLI;
    }

    int size() {
        return timers.size();
    }
}
