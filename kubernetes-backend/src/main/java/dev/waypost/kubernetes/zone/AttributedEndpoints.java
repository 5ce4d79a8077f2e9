package dev.waypost.kubernetes.zone;

import dev.waypost.kubernetes.model.EndpointFacts;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Port;
import dev.waypost.kubernetes.snapshot.ServiceNode;
import dev.waypost.lookup.Endpoint;
import dev.waypost.lookup.EndpointPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The endpoints of a service as programs see them: what slices say besides names. */
final class AttributedEndpoints {
    private AttributedEndpoints() {}

    static List<Endpoint> of(ServiceNode service) {
        List<Endpoint> all = new ArrayList<>();
        service.forEachSlice(slice -> {
            List<EndpointPort> ports = ports(slice);
            slice.facts().forEach(facts -> all.add(endpoint(facts, ports)));
        });
        return all;
    }

    private static List<EndpointPort> ports(EndpointSlice slice) {
        return slice.ports().stream()
                .filter(port -> port.number() != Port.NONE)
                .map(port -> new EndpointPort(port.name(), port.protocol(), port.number()))
                .toList();
    }

    private static Endpoint endpoint(EndpointFacts facts, List<EndpointPort> ports) {
        return new Endpoint(
                facts.addresses().stream().map(AttributedEndpoints::address).toList(),
                ports,
                facts.ready(),
                facts.serving(),
                facts.terminating(),
                facts.zone(),
                facts.node(),
                facts.pod(),
                facts.hintedZones());
    }

    private static InetAddress address(IpAddress address) {
        try {
            return InetAddress.getByAddress(address.octets());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 octets: " + address, impossible);
        }
    }
}
