package dev.waypost.lookup;

import java.net.InetAddress;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * One SRV record and where its target is (RFC 2782).
 *
 * @param target host that offers the service
 * @param port 0..65535
 * @param priority 0..65535, lower is asked first
 * @param weight 0..65535, the share among equals of one priority
 * @param addresses the target's addresses; empty where none is known
 */
public record ServiceInstance(Name target, int port, int priority, int weight, List<InetAddress> addresses) {
    public ServiceInstance {
        addresses = List.copyOf(addresses);
    }
}
