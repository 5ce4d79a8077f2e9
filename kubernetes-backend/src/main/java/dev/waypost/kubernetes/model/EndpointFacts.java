package dev.waypost.kubernetes.model;

import java.util.List;

/**
 * What no name is made of, and programs want to know all the same: of every endpoint, ready or not. Kept where it is asked
 * for only.
 *
 * @param hintedZones zones the endpoint is meant for; empty for all
 */
public record EndpointFacts(
        List<IpAddress> addresses,
        boolean ready,
        boolean serving,
        boolean terminating,
        String zone,
        String node,
        String pod,
        List<String> hintedZones) {
    public EndpointFacts {
        addresses = List.copyOf(addresses);
        hintedZones = List.copyOf(hintedZones);
    }
}
