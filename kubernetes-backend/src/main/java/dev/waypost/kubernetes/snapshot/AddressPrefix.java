package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.IpAddress;

/**
 * The leading bits that the addresses of a network share. Immutable: the octets are copied in and not given out.
 *
 * @param octets 4 or 16; those after the bits count for nothing
 * @param bits how many bits are shared, 0 to 32 or 128
 */
public record AddressPrefix(byte[] octets, int bits) {
    private static final int V4_OCTETS = 4;

    /** Copies the octets in. */
    public AddressPrefix {
        octets = octets.clone();
    }

    /** The octets, a copy. */
    @Override
    public byte[] octets() {
        return octets.clone();
    }

    boolean isV4() {
        return octets.length == V4_OCTETS;
    }

    /** One bit, the first one is 0. */
    int bit(int index) {
        return octets[index / 8] >> 7 - index % 8 & 1;
    }

    /** Whether an address is in the network. */
    public boolean contains(IpAddress address) {
        if (address.isV4() != isV4()) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (bit(i) != AddressTrie.bit(address, i)) {
                return false;
            }
        }
        return true;
    }
}
