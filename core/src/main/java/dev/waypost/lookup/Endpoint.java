package dev.waypost.lookup;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;

/**
 * One instance of a service with what its source knows of it, more than DNS records can say. Immutable.
 *
 * @param addresses at least one, all of one family
 * @param ports the ports it serves, in the source's order; the same for all endpoints of one slice
 * @param ready whether it may be sent new work; names are made of ready endpoints only
 * @param serving whether it answers, also while it ends
 * @param terminating whether it is ending
 * @param zone zone of the infrastructure it is in; empty where not told
 * @param node node it runs on; empty where not told
 * @param pod pod it is; empty where not told
 * @param hintedZones zones it is meant for (topology hints); empty for all
 */
public record Endpoint(
        List<InetAddress> addresses,
        List<EndpointPort> ports,
        boolean ready,
        boolean serving,
        boolean terminating,
        String zone,
        String node,
        String pod,
        List<String> hintedZones) {
    public Endpoint {
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
        hintedZones = List.copyOf(hintedZones);
    }

    /** The number of a port by its name, any letter case; empty where there is none of the name. */
    public OptionalInt port(String name) {
        return ports.stream()
                .filter(port -> port.name().equalsIgnoreCase(name))
                .mapToInt(EndpointPort::number)
                .findFirst();
    }
}
