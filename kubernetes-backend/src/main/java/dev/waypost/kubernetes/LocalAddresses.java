package dev.waypost.kubernetes;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The addresses under which this host can be asked by others. */
final class LocalAddresses {
    private LocalAddresses() {}

    /** The addresses of all interfaces, but for loopback and link-local ones. */
    static List<InetAddress> reachable() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException noInterfaces) {
            return List.of(); // NS then has no data, which is what a server without addresses says
        }
    }
}
