package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Port;
import java.util.List;

/**
 * One address of a ready endpoint.
 *
 * @param name below the service, in lower case: a label, and behind a dot that of its cluster where the service is imported
 * @param address the address
 * @param zone the zone of the infrastructure it is in, in lower case; empty where that is not known
 * @param ports the ports of its slice, at least one
 */
public record NamedEndpoint(String name, IpAddress address, String zone, List<Port> ports) {}
