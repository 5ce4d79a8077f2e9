package dev.waypost.kubernetes.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as octets: two spellings of one address are one address. An IPv4-mapped IPv6 address (RFC 4291
 * section 2.5.5.2) is the IPv4 address. Immutable.
 */
public abstract sealed class IpAddress {
    private static final int V4_OCTETS = 4;
    private static final int V6_OCTETS = 16;
    private static final int MAPPED_PREFIX = 12;

    private IpAddress() {}

    /** Octets in an int: there are very many addresses, and an array beside each would be more than the address. */
    private static final class V4 extends IpAddress {
        private final int octets;

        V4(int octets) {
            this.octets = octets;
        }

        @Override
        public int octet(int index) {
            return octets >>> 24 - index * Byte.SIZE & 0xFF;
        }

        @Override
        public int length() {
            return V4_OCTETS;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof V4 that && octets == that.octets;
        }

        @Override
        public int hashCode() {
            return Integer.hashCode(octets);
        }
    }

    private static final class V6 extends IpAddress {
        private final long high;
        private final long low;

        V6(byte[] octets) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            this.high = buffer.getLong();
            this.low = buffer.getLong();
        }

        @Override
        public int octet(int index) {
            long half = index < Long.BYTES ? high : low;
            return (int) (half >>> 56 - index % Long.BYTES * Byte.SIZE) & 0xFF;
        }

        @Override
        public int length() {
            return V6_OCTETS;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof V6 that && high == that.high && low == that.low;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(high * 31 + low);
        }
    }

    /** An address from its 4 or 16 octets, copied in. */
    public static IpAddress of(byte[] octets) {
        if (octets.length != V4_OCTETS && octets.length != V6_OCTETS) {
            throw new IllegalArgumentException("an address wants 4 or 16 octets, found " + octets.length);
        }
        if (octets.length == V4_OCTETS) {
            return new V4(ByteBuffer.wrap(octets).getInt());
        }
        return isMapped(octets) ? new V4(ByteBuffer.wrap(octets).getInt(MAPPED_PREFIX)) : new V6(octets);
    }

    /**
     * Reads an address literal; never a name, so nothing is looked up.
     *
     * @param text dotted quad without leading zeros, or any RFC 4291 section 2.2 form without a zone
     * @return the address, or null where the text is none
     */
    public static @Nullable IpAddress parse(CharSequence text) {
        long v4 = AddressText.v4(text);
        if (v4 != AddressText.NONE) {
            return new V4((int) v4);
        }
        byte[] v6 = AddressText.v6(text.toString());
        return v6 == null ? null : of(v6);
    }

    private static boolean isMapped(byte[] octets) {
        if (octets.length != V6_OCTETS || octets[10] != -1 || octets[11] != -1) {
            return false;
        }
        for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether A records hold it; AAAA records otherwise. */
    public boolean isV4() {
        return length() == V4_OCTETS;
    }

    /** Its 4 or 16 octets, a copy. */
    public byte[] octets() {
        byte[] copy = new byte[length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (byte) octet(i);
        }
        return copy;
    }

    /** One octet. */
    public abstract int octet(int index);

    /** How many octets there are, 4 or 16. */
    public abstract int length();

    /**
     * The address as one label: dots or colons become dashes. A label may not end in a dash, so {@code 2001:db8::} is
     * {@code 2001-db8--0}.
     */
    public String dashed() {
        String text = toString().replace(isV4() ? '.' : ':', '-');
        return text.endsWith("-") ? text + "0" : text;
    }

    /** The address that a dashed label spells, or null where it spells none. */
    public static @Nullable IpAddress parseDashed(String label) {
        long dashes = label.chars().filter(c -> c == '-').count();
        boolean v4 = dashes == V4_OCTETS - 1 && !label.contains("--");
        return parse(label.replace('-', v4 ? '.' : ':'));
    }

    /** Dotted quad, or the canonical form of RFC 5952. */
    @Override
    public String toString() {
        return AddressText.of(octets());
    }
}
