package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.demand.DemandBounds;
import java.time.Duration;

/**
 * How much watching on demand may cost, and how long what it learns lasts.
 *
 * @param watches how many watches are open at once, at most, 1 to 1000; services beyond them are listed again and again
 * @param widenAfter so many services of one namespace are watched by one watch of them all, from 2 on
 * @param idle a watch that nothing is asked of for this long is dropped, from 1 s on
 * @param absence for how long a missing service is not looked for again, from 1 s on
 */
public record OnDemand(int watches, int widenAfter, Duration idle, Duration absence) {
    /** Eight watches, a whole namespace after three of its services, five minutes, five seconds. */
    public static final OnDemand DEFAULT = new OnDemand(8, 3, Duration.ofMinutes(5), Duration.ofSeconds(5));

    private static final int MOST_WATCHES = 1000;

    /** Refuses what cannot work. */
    public OnDemand {
        check(watches >= 1 && watches <= MOST_WATCHES, "1..1000 watches, found " + watches);
        check(widenAfter >= 2, "to widen after 2 services or more, found " + widenAfter);
        check(idle.toMillis() >= 1000, "an idle time from 1 s on, found " + idle);
        check(absence.toMillis() >= 1000, "an absence from 1 s on, found " + absence);
    }

    private static void check(boolean usable, String wanted) {
        if (!usable) {
            throw ConfigurationException.of(KubernetesBackendBuilder.PLACE, "'on_demand' wants " + wanted);
        }
    }

    DemandBounds bounds() {
        return new DemandBounds(watches, widenAfter, idle, absence);
    }
}
