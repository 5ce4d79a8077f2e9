package dev.waypost.socket.transfer;

import java.time.Duration;

/**
 * What a zone that comes from another server may take, at most; a transfer that takes more is given up, and the zone stays
 * as it was.
 *
 * @param octets of all messages
 * @param records of the zone
 * @param silence how long the other server may send nothing, and how long a connection may take to come about
 * @param whole how long all of it may take
 */
public record TransferLimits(long octets, int records, Duration silence, Duration whole) {
    /** A quarter of a gigabyte and ten million records, ten seconds of silence, a quarter of an hour in all. */
    public static final TransferLimits DEFAULTS =
            new TransferLimits(256L << 20, 10_000_000, Duration.ofSeconds(10), Duration.ofMinutes(15));

    public TransferLimits {
        if (octets < 1 || records < 1 || !isPositive(silence) || !isPositive(whole)) {
            throw new IllegalArgumentException("limits of a transfer want to be above zero, found " + octets
                    + " octets, " + records + " records, " + silence + ", " + whole);
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isZero() && !time.isNegative();
    }
}
