package dev.waypost.forwarding;

import dev.waypost.Ticker;

/**
 * A clock that goes by itself, but slowly: a tenth of a second is soon over, and the seconds of a timeout are not, however busy
 * the machine is.
 */
final class SlowTicker implements Ticker {
    private static final int TIMES = 8;

    @Override
    public long nanoTime() {
        return Ticker.SYSTEM.nanoTime() / TIMES;
    }
}
