package dev.waypost.forwarding;

/** How often an answer was asked for without a long pause; where threads race, about. */
final class Popularity {
    private volatile int questions;
    private volatile long lastNanos;

    /** Counts a question. */
    void asked(long now, long gapNanos) {
        int before = now - lastNanos < gapNanos ? questions : 0;
        questions = before == Integer.MAX_VALUE ? before : before + 1;
        lastNanos = now;
    }

    int questions() {
        return questions;
    }
}
