package dev.waypost.kubernetes.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads and writes address literals; strict, and without a look at any name service. */
final class AddressText {
    /** What {@link #v4} gives where the text is no address. */
    static final long NONE = -1;

    private static final int V4_OCTETS = 4;
    private static final int V6_OCTETS = 16;
    private static final int GROUPS = 8;
    private static final int MOST_V6_CHARS = 45;
    private static final int HEX = 16;

    private AddressText() {}

    /** The four octets as one unsigned number, or {@link #NONE}. */
    static long v4(CharSequence text) {
        long octets = 0;
        int index = 0;
        int begin = 0;
        for (int end = 0; end <= text.length(); end++) {
            if (end == text.length() || text.charAt(end) == '.') {
                int octet = index == V4_OCTETS ? -1 : octet(text, begin, end);
                if (octet < 0) {
                    return NONE;
                }
                octets = octets << Byte.SIZE | octet;
                index++;
                begin = end + 1;
            }
        }
        return index == V4_OCTETS ? octets : NONE;
    }

    /** One decimal octet. A leading zero is refused: some readers take it for octal (RFC 6943 section 3.1.1). */
    private static int octet(CharSequence text, int begin, int end) {
        int length = end - begin;
        if (length < 1 || length > 3 || length > 1 && text.charAt(begin) == '0') {
            return -1;
        }
        int value = 0;
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value <= 0xFF ? value : -1;
    }

    static byte @Nullable [] v6(String text) {
        if (text.length() > MOST_V6_CHARS) {
            return null;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all != null && all.length == V6_OCTETS ? all : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > V6_OCTETS - 2 || endsInV4(text, gap)) {
            return null;
        }
        byte[] octets = Arrays.copyOf(head, V6_OCTETS);
        System.arraycopy(tail, 0, octets, V6_OCTETS - tail.length, tail.length);
        return octets;
    }

    /** A dotted quad may stand at the very end only, so not before the gap. */
    private static boolean endsInV4(String text, int gap) {
        return text.lastIndexOf('.', gap) >= 0;
    }

    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return null;
        }
        byte[] octets = new byte[parts.length * 2 + 2];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            byte[] part = i == parts.length - 1 && parts[i].indexOf('.') >= 0 ? quad(parts[i]) : group(parts[i]);
            if (part == null) {
                return null;
            }
            System.arraycopy(part, 0, octets, length, part.length);
            length += part.length;
        }
        return Arrays.copyOf(octets, length);
    }

    private static byte @Nullable [] quad(String text) {
        long octets = v4(text);
        return octets == NONE
                ? null
                : ByteBuffer.allocate(V4_OCTETS).putInt((int) octets).array();
    }

    private static byte @Nullable [] group(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return null;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, HEX) : -1;
            if (digit < 0) {
                return null;
            }
            value = value * HEX + digit;
        }
        return new byte[] {(byte) (value >> Byte.SIZE), (byte) value};
    }

    static String of(byte[] octets) {
        if (octets.length == V4_OCTETS) {
            return (octets[0] & 0xFF) + "." + (octets[1] & 0xFF) + "." + (octets[2] & 0xFF) + "." + (octets[3] & 0xFF);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (octets[2 * i] & 0xFF) << Byte.SIZE | octets[2 * i + 1] & 0xFF;
        }
        return canonical(groups);
    }

    /** The longest run of zero groups, the first of equals, becomes "::" (RFC 5952 section 4.2). */
    private static String canonical(int[] groups) {
        int start = -1;
        int length = 1; // a single zero group is written out: section 4.2.2
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        return start < 0
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, start) + "::" + joined(groups, start + length, GROUPS);
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
