package dev.waypost.spring;

import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.ServiceInstance;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Spring Cloud's service discovery over an engine: a service id is a name, its instances are the name's SRV records.
 *
 * <p>Answers from memory what the engine has there, always as it is now; safe for any number of threads. An id that cannot be
 * resolved has no instances, as Spring has it; the engine's own look-ups tell why.
 */
public final class WaypostDiscoveryClient implements DiscoveryClient {
    private final DnsEngine engine;
    private final String prefix;

    /**
     * Discovery over an engine, which stays the caller's to close.
     *
     * @param portName the port of a service that is meant, as its SRV records name it ({@code _http._tcp}); empty for each of
     *     its ports, which is right for services with one
     */
    public WaypostDiscoveryClient(DnsEngine engine, String portName) {
        this.engine = engine;
        this.prefix = portName.isEmpty() ? "" : "_" + portName + "._tcp.";
    }

    @Override
    public String description() {
        return "Waypost";
    }

    /**
     * One instance for each address of each SRV record.
     *
     * @param serviceId a domain name without a port, completed by the engine's search list
     */
    @Override
    public List<org.springframework.cloud.client.ServiceInstance> getInstances(String serviceId) {
        Lookup<List<ServiceInstance>> lookup = engine.services(prefix + serviceId);
        return lookup instanceof Lookup.Found<List<ServiceInstance>> found
                ? found.value().stream()
                        .flatMap(each -> instances(serviceId, each))
                        .toList()
                : List.of();
    }

    private static Stream<org.springframework.cloud.client.ServiceInstance> instances(
            String serviceId, ServiceInstance record) {
        return record.addresses().stream().map(address -> instance(serviceId, record.port(), address));
    }

    /** The address and not the target's name: nothing is left to be looked up. */
    private static org.springframework.cloud.client.ServiceInstance instance(
            String serviceId, int port, InetAddress address) {
        String host = address.getHostAddress();
        String literal = host.contains(":") ? "[" + host + "]" : host; // as a URI has it: RFC 3986 section 3.2.2
        return new DefaultServiceInstance(serviceId + "@" + literal + ":" + port, serviceId, literal, port, false);
    }

    /** None: the DNS has no list of names. */
    @Override
    public List<String> getServices() {
        return List.of();
    }
}
