package dev.waypost.kubernetes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ready endpoint of a slice; the others are dropped while they are read. Immutable. */
public final class Endpoint {
    /** Nearly every endpoint has one address; a list for each would be more than all else in it. */
    private final IpAddress first;

    private final List<IpAddress> others;
    private final String hostname;
    private final String podName;
    private final String zone;

    /**
     * An endpoint.
     *
     * @param addresses at least one; every address counts, not only the first
     * @param hostname its hostname in lower case; empty without one
     * @param podName name of the pod behind it; empty where none is told or it is not kept
     * @param zone the zone of the infrastructure it is in, in lower case; empty where none is told or it is not kept
     */
    public Endpoint(List<IpAddress> addresses, String hostname, String podName, String zone) {
        this.first = addresses.get(0);
        this.others = addresses.size() == 1 ? List.of() : List.copyOf(addresses.subList(1, addresses.size()));
        this.hostname = hostname;
        this.podName = podName;
        this.zone = zone;
    }

    /** Its addresses, at least one. */
    public List<IpAddress> addresses() {
        if (others.isEmpty()) {
            return List.of(first);
        }
        IpAddress[] all = new IpAddress[others.size() + 1];
        all[0] = first;
        for (int i = 1; i < all.length; i++) {
            all[i] = others.get(i - 1);
        }
        return List.of(all);
    }

    /** Whether an address is one of its own. */
    public boolean has(IpAddress address) {
        return first.equals(address) || others.contains(address);
    }

    /** Its hostname in lower case; empty without one. */
    public String hostname() {
        return hostname;
    }

    /** Name of the pod behind it; empty where none is told or it is not kept. */
    public String podName() {
        return podName;
    }

    /** The zone of the infrastructure it is in, in lower case; empty where none is told or it is not kept. */
    public String zone() {
        return zone;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that
                && first.equals(that.first)
                && others.equals(that.others)
                && hostname.equals(that.hostname)
                && podName.equals(that.podName)
                && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return 31 * first.hashCode() + hostname.hashCode();
    }

    @Override
    public String toString() {
        return addresses() + " " + hostname + " " + podName + " " + zone;
    }
}
