package dev.waypost.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that must be told theirs before they open it.
 *
 * <p>From below those that the system gives to whoever asks for any: so nobody gets one by chance before it is opened.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int BEHIND_LAST = 30_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port that is free on the loopback address for datagrams and streams, another one at every call. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    /** Whether nobody has it. */
    public static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (DatagramSocket datagrams = new DatagramSocket(address);
                ServerSocket streams = new ServerSocket()) {
            streams.bind(address);
            return datagrams.isBound() && streams.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
