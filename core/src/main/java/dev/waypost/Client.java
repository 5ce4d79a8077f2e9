package dev.waypost;

import java.net.InetAddress;

/**
 * Who asks.
 *
 * @param address the source address of the query; the loopback address for a call in this JVM
 * @param port the source port, 0..65535; 0 for a call in this JVM
 * @param transport how the query arrived
 */
public record Client(InetAddress address, int port, Transport transport) {
    /** A caller in this JVM. */
    public static final Client IN_PROCESS = new Client(InetAddress.getLoopbackAddress(), 0, Transport.MEMORY);
}
