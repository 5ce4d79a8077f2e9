package dev.waypost.kubernetes.demand;

import java.time.Duration;

/**
 * What watching on demand may cost, and how long what it learns lasts.
 *
 * @param openWatches how many watches are open at once, at most; what is asked for beyond them is listed again and again
 * @param widenAfter so many watched services of a namespace are replaced by one watch of all of them
 * @param idle a watch that nothing is asked of for this long is dropped
 * @param absence for how long a service that is not there is said not to be, and one beyond the open watches is not listed
 *     again
 */
public record DemandBounds(int openWatches, int widenAfter, Duration idle, Duration absence) {}
