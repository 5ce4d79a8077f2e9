package dev.waypost.forwarding;

/**
 * How many questions may be put to a second upstream while the first is silent: one in ten, and a reserve for the moment an
 * upstream dies. Without a bound, upstreams that are slow from overload would be given twice the load. One thread's.
 */
final class HedgeBudget {
    private static final int FLIGHTS_A_HEDGE = 10;
    private static final int RESERVE = 100 * FLIGHTS_A_HEDGE;

    private int saved = RESERVE;

    /** A flight begins. */
    void earn() {
        saved = Math.min(RESERVE, saved + 1);
    }

    /** Takes what one hedge costs, if it is there. */
    boolean spend() {
        if (saved < FLIGHTS_A_HEDGE) {
            return false;
        }
        saved -= FLIGHTS_A_HEDGE;
        return true;
    }
}
