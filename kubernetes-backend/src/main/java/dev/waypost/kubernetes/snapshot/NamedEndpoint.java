package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Port;
import java.util.List;

/**
 * One address of a ready endpoint.
 *
 * @param label its name below the service, in lower case
 * @param address the address
 * @param ports the ports of its slice, at least one
 */
public record NamedEndpoint(String label, IpAddress address, List<Port> ports) {}
