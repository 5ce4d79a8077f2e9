package dev.waypost.kubernetes.model;

import java.util.List;

/**
 * A ready endpoint of a slice; the others are dropped while they are read.
 *
 * @param addresses every address counts, not only the first
 * @param hostname its hostname in lower case; empty without one
 * @param podName name of the pod behind it; empty where none is told or it is not kept
 * @param zone the zone of the infrastructure it is in, in lower case; empty where none is told or it is not kept
 */
public record Endpoint(List<IpAddress> addresses, String hostname, String podName, String zone) {
    public Endpoint {
        addresses = List.copyOf(addresses);
    }
}
