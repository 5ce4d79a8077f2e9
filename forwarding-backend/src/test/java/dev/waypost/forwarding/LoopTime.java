package dev.waypost.forwarding;

import dev.waypost.forwarding.transport.IoLoop;
import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Time for a running forwarder on a clock of its own: what was to be done before is done, then what is due is done. */
final class LoopTime {
    private LoopTime() {}

    static void pass(Forwarder forwarder, FakeTicker ticker, Duration time) {
        doWhatIsDue(forwarder);
        ticker.advance(time);
        doWhatIsDue(forwarder);
    }

    private static void doWhatIsDue(Forwarder forwarder) {
        timers(forwarder);
        timers(forwarder); // so that what the first turn put off to its end is done too
    }

    /** Timers fire in the order of their times, and of one time in the order in which they were set: this one is the last. */
    private static void timers(Forwarder forwarder) {
        IoLoop loop = forwarder.flights().loop();
        CompletableFuture<Void> fired = new CompletableFuture<>();
        loop.at(loop.now(), () -> fired.complete(null));
        fired.join();
    }
}
