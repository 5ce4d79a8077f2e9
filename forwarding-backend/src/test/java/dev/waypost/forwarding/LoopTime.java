package dev.waypost.forwarding;

import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Time for a running forwarder on a clock of its own: what was to be done before is done, then what is due is done. */
final class LoopTime {
    private LoopTime() {}

    static void pass(Forwarder forwarder, FakeTicker ticker, Duration time) {
        endTurn(forwarder);
        ticker.advance(time);
        endTurn(forwarder);
        endTurn(forwarder); // timers are looked at behind the tasks of a turn
    }

    private static void endTurn(Forwarder forwarder) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        forwarder.flights().loop().execute(() -> turn.complete(null));
        turn.join();
    }
}
