package dev.waypost.kubernetes.model;

import java.util.List;

/**
 * A ready endpoint of a slice; the others are dropped while they are read.
 *
 * @param addresses every address counts, not only the first
 * @param hostname its hostname in lower case; empty without one
 * @param podName name of the pod behind it; empty where none is told
 */
public record Endpoint(List<IpAddress> addresses, String hostname, String podName) {
    public Endpoint {
        addresses = List.copyOf(addresses);
    }
}
