package dev.waypost.socket.transfer;

import dev.waypost.RecordSet;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.xbill.DNS.SOARecord;

/**
 * When a copy of a zone is looked after, as the zone's SOA says (RFC 1035 section 3.3.13), within bounds: a SOA of zeros
 * must not become a flood of questions.
 *
 * @param refresh from a successful look to the next
 * @param retry from a failed look to the next
 * @param expire from the last successful look to the end of the copy
 */
record RefreshTimes(Duration refresh, Duration retry, Duration expire) {
    /** The least of each; what Knot has. */
    static final Duration LEAST = Duration.ofSeconds(2);

    private static final Duration MOST = Duration.ofDays(28);

    /** Of a wait, what chance takes off: many copies of one zone are not to ask at one time. */
    private static final double JITTER = 0.1;

    static RefreshTimes of(RecordSet soa, Duration least) {
        SOARecord times = (SOARecord) soa.records().get(0);
        return new RefreshTimes(
                bounded(times.getRefresh(), least),
                bounded(times.getRetry(), least),
                bounded(times.getExpire(), least));
    }

    private static Duration bounded(long seconds, Duration least) {
        Duration time = Duration.ofSeconds(seconds);
        return time.compareTo(least) < 0 ? least : time.compareTo(MOST) > 0 ? MOST : time;
    }

    /** A wait with chance in it. */
    static Duration jittered(Duration wait) {
        return wait.minusNanos(
                (long) (wait.toNanos() * JITTER * ThreadLocalRandom.current().nextDouble()));
    }
}
