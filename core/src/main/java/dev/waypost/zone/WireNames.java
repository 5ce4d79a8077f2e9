package dev.waypost.zone;

import java.io.IOException;
import java.util.Arrays;
import org.xbill.DNS.Name;

/** Names in wire form, uncompressed, in the middle of other octets (RFC 1035 section 3.1). */
final class WireNames {
    private WireNames() {}

    /** The name that begins at an octet. */
    static Name name(byte[] octets, int from) {
        try {
            return new Name(Arrays.copyOfRange(octets, from, end(octets, from)));
        } catch (IOException impossible) { // it was written from a name
            throw new IllegalStateException(impossible);
        }
    }

    /** Behind the name that begins at an octet. */
    static int end(byte[] octets, int from) {
        int at = from;
        while (octets[at] != 0) {
            at = parent(octets, at);
        }
        return at + 1;
    }

    /** How many labels the name has that begins at an octet, the root's empty one among them. */
    static int labels(byte[] octets, int from) {
        int labels = 1;
        for (int at = from; octets[at] != 0; at = parent(octets, at)) {
            labels++;
        }
        return labels;
    }

    /** Where the name one label shorter begins. */
    static int parent(byte[] octets, int from) {
        return from + 1 + octets[from];
    }

    /** The name {@code *} right below the name that begins at an octet. */
    static byte[] wildcard(byte[] octets, int from) {
        byte[] wildcard = new byte[octets.length - from + 2];
        wildcard[0] = 1;
        wildcard[1] = '*';
        System.arraycopy(octets, from, wildcard, 2, octets.length - from);
        return wildcard;
    }
}
