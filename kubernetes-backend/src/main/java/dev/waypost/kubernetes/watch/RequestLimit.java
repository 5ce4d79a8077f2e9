package dev.waypost.kubernetes.watch;

/**
 * How many requests the API server gets for one cluster.
 *
 * @param perSecond requests a second in the long run; 0 for as many as there are, or {@link #DEFAULT_PER_SECOND} with a burst
 * @param burst requests at once after a pause; 0 for as many as there are, or {@link #DEFAULT_BURST} with a rate
 * @param inFlight requests whose response has not begun, at one time; 0 for as many as there are
 */
public record RequestLimit(double perSecond, int burst, int inFlight) {
    /** None. */
    public static final RequestLimit NONE = new RequestLimit(0, 0, 0);

    /** The rate that client-go has where only the burst is told. */
    static final double DEFAULT_PER_SECOND = 5;

    /** The burst that client-go has where only the rate is told. */
    static final int DEFAULT_BURST = 10;

    /** Whether their rate is bounded. */
    boolean boundsRate() {
        return perSecond > 0 || burst > 0;
    }

    double rate() {
        return perSecond > 0 ? perSecond : DEFAULT_PER_SECOND;
    }

    int most() {
        return burst > 0 ? burst : DEFAULT_BURST;
    }
}
