package dev.waypost.wire.policy;

import dev.waypost.AddressBlock;
import java.util.List;

/**
 * How many datagrams one network is sent: response rate limiting, so that a server is no weapon against whoever's address a
 * query carries.
 *
 * @param perSecond replies a second, 1..1000000
 * @param burst replies at once after a pause, 1..1000000
 * @param slip of so many queries over the limit one gets a reply without records that sends an honest client to TCP; 0 for
 *     none, 1 for all, at most 1000
 * @param ipv4PrefixLength what of an IPv4 address is its network, 1..32 bits
 * @param ipv6PrefixLength what of an IPv6 address is its network, 1..128 bits
 * @param exempt clients that no limit holds
 */
public record RateLimit(
        int perSecond, int burst, int slip, int ipv4PrefixLength, int ipv6PrefixLength, List<AddressBlock> exempt) {
    private static final int MOST = 1_000_000;
    private static final int MOST_SLIP = 1000;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    public RateLimit {
        require(perSecond, 1, MOST, "perSecond");
        require(burst, 1, MOST, "burst");
        require(slip, 0, MOST_SLIP, "slip");
        require(ipv4PrefixLength, 1, IPV4_BITS, "ipv4PrefixLength");
        require(ipv6PrefixLength, 1, IPV6_BITS, "ipv6PrefixLength");
        exempt = List.copyOf(exempt);
    }

    private static void require(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " wants " + least + ".." + most + ", found " + value);
        }
    }

    /** So many replies a second, a second's worth of them at once, slip 2, networks of /24 and /56. */
    public static RateLimit perSecond(int replies) {
        return new RateLimit(replies, replies, 2, 24, 56, List.of());
    }
}
