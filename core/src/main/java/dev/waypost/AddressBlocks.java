package dev.waypost;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The addresses of any number of {@linkplain AddressBlock address blocks}.
 *
 * <p>Kept as sorted ranges that do not meet, so that a look-up takes some comparisons however many blocks there are. An
 * IPv4 address is in IPv4 blocks only. Immutable, and safe for any number of threads.
 */
public final class AddressBlocks {
    /** Every address of both families. */
    public static final AddressBlocks ALL = of(List.of(AddressBlock.parse("0.0.0.0/0"), AddressBlock.parse("::/0")));

    private static final int IPV4_OCTETS = 4;

    private record Range(byte[] first, byte[] last) {}

    private final Range[] ipv4;
    private final Range[] ipv6;

    private AddressBlocks(List<Range> ranges) {
        this.ipv4 = joined(ranges.stream().filter(AddressBlocks::isIpv4).toList());
        this.ipv6 = joined(
                ranges.stream().filter(range -> !AddressBlocks.isIpv4(range)).toList());
    }

    /** The set of the addresses in the given blocks. */
    public static AddressBlocks of(Collection<AddressBlock> blocks) {
        return new AddressBlocks(blocks.stream().map(AddressBlocks::range).toList());
    }

    /** Whether an address is in one of the blocks. */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        Range[] ranges = octets.length == IPV4_OCTETS ? ipv4 : ipv6;
        int low = 0;
        int high = ranges.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(octets, ranges[middle].first) < 0) {
                high = middle - 1;
            } else if (Arrays.compareUnsigned(octets, ranges[middle].last) > 0) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static boolean isIpv4(Range range) {
        return range.first.length == IPV4_OCTETS;
    }

    /** The ranges in order, those that overlap or are the same made one. */
    private static Range[] joined(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(Range::first, Arrays::compareUnsigned));
        List<Range> joined = new ArrayList<>(sorted.size());
        for (Range next : sorted) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            // Blocks lie in each other or apart, and the larger of two with one beginning may come second.
            if (last == null || Arrays.compareUnsigned(next.first, last.last) > 0) {
                joined.add(next);
            } else if (Arrays.compareUnsigned(next.last, last.last) > 0) {
                joined.set(joined.size() - 1, new Range(last.first, next.last));
            }
        }
        return joined.toArray(new Range[0]);
    }

    private static Range range(AddressBlock block) {
        byte[] first = block.network().getAddress();
        byte[] last = first.clone();
        for (int i = 0; i < last.length; i++) {
            int fixed = Math.min(Byte.SIZE, Math.max(0, block.prefixLength() - i * Byte.SIZE));
            last[i] |= (byte) (0xFF >>> fixed);
        }
        return new Range(first, last);
    }
}
