package dev.waypost.kubernetes.model;

/**
 * A port of a service or of an EndpointSlice.
 *
 * @param name in lower case; empty for an unnamed port
 * @param protocol in lower case: {@code tcp}, {@code udp} or {@code sctp}
 * @param number 0..65535, or {@link #NONE}
 */
public record Port(String name, String protocol, int number) {
    /** The number of a port that has none. */
    public static final int NONE = -1;

    /** Stands where a service or slice has no ports at all: it has addresses, but no SRV row. */
    public static final Port ABSENT = new Port("", "", NONE);
}
