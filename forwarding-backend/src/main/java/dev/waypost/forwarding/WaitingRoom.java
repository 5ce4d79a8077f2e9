package dev.waypost.forwarding;

import dev.waypost.Client;
import dev.waypost.Transport;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many queries wait for an upstream: bounded in all, as each costs memory until its flight lands, and for each client's
 * address, so that nobody collects replies to be let go in one pulse (CVE-2024-33655) or takes the others' places. Callers
 * in this JVM are bounded in all alone. Safe for any number of threads.
 */
final class WaitingRoom {
    private final int mostInAll;
    private final int mostOfOne;
    private final AtomicInteger inAll = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> ofOne = new ConcurrentHashMap<>();

    WaitingRoom(int mostInAll, int mostOfOne) {
        this.mostInAll = mostInAll;
        this.mostOfOne = mostOfOne;
    }

    /** Takes a query in, if there is room. */
    boolean enter(Client client) {
        if (inAll.incrementAndGet() > mostInAll || !enterAsOne(client)) {
            inAll.decrementAndGet();
            return false;
        }
        return true;
    }

    private boolean enterAsOne(Client client) {
        if (isOurs(client)) {
            return true;
        }
        int[] before = new int[1];
        ofOne.compute(client.address(), (address, count) -> {
            before[0] = count == null ? 0 : count;
            return Math.min(before[0] + 1, mostOfOne);
        });
        return before[0] < mostOfOne;
    }

    /** Lets a query out that was taken in. */
    void leave(Client client) {
        inAll.decrementAndGet();
        if (!isOurs(client)) {
            ofOne.computeIfPresent(client.address(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    private static boolean isOurs(Client client) {
        return client.transport() == Transport.MEMORY;
    }

    /** How many wait. */
    int size() {
        return inAll.get();
    }

    /** How many addresses they come from, callers in this JVM aside. */
    int clients() {
        return ofOne.size();
    }
}
