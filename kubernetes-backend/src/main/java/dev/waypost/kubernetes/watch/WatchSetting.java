package dev.waypost.kubernetes.watch;

import dev.waypost.Ticker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * The time and chance a watch lives by; tests bring their own.
 *
 * @param random 0 inclusive to 1 exclusive, for jitter
 */
public record WatchSetting(WatchTimings timings, Ticker ticker, DoubleSupplier random) {
    /** Real time and real chance. */
    public static WatchSetting of(Ticker ticker) {
        return new WatchSetting(
                WatchTimings.DEFAULT, ticker, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The same with other waiting times. */
    public WatchSetting withTimings(WatchTimings other) {
        return new WatchSetting(other, ticker, random);
    }
}
