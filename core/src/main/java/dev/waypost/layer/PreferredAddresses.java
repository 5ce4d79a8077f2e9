package dev.waypost.layer;

import dev.waypost.AddressBlock;
import dev.waypost.RecordSet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Puts addresses of preferred networks in front, in the order of the networks (CoreDNS's {@code loadbalance} with {@code
 * prefer}); among addresses that are preferred alike chance decides. Safe for any number of threads.
 */
public final class PreferredAddresses extends AddressOrder {
    private final List<AddressBlock> networks;
    private final RandomGenerator random;

    /**
     * A layer with networks.
     *
     * @param networks the most preferred one in front
     * @param random safe for any number of threads
     */
    public PreferredAddresses(List<AddressBlock> networks, RandomGenerator random) {
        this.networks = List.copyOf(networks);
        this.random = random;
    }

    @Override
    int[] order(RecordSet addresses) {
        List<Integer> order = new ArrayList<>(addresses.size());
        for (int i = 0; i < addresses.size(); i++) {
            order.add(random.nextInt(i + 1), i);
        }
        order.sort(
                Comparator.comparingInt(index -> rank(addresses.rdata(index)))); // stable: chance stays within a rank
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    boolean isByChance(RecordSet addresses) {
        long ranks = Arrays.stream(indices(addresses))
                .map(index -> rank(addresses.rdata(index)))
                .distinct()
                .count();
        return ranks < addresses.size();
    }

    private int rank(byte[] octets) {
        InetAddress address = address(octets);
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(address)) {
                return i;
            }
        }
        return networks.size();
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // RDATA of A has 4 octets, of AAAA 16
        }
    }
}
