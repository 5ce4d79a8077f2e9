package dev.waypost;

/** How a query reached the engine. */
public enum Transport {
    /** A call in this JVM: no message, no size limit. */
    MEMORY,
    /** A datagram: replies are bounded by the client's EDNS size (RFC 6891 section 6.2.3). */
    UDP,
    /** A stream (RFC 7766). */
    TCP,
    /** A TLS stream (RFC 7858). */
    TLS;

    /** Whether a reply must fit into one datagram. */
    public boolean isDatagram() {
        return this == UDP;
    }
}
