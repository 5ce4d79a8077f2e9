package dev.waypost;

/**
 * An extended DNS error (RFC 8914): why a reply is what it is. Told to clients that sent EDNS.
 *
 * @param infoCode the code of RFC 8914 section 4, 0..65535
 * @param text more for a person to read; may be empty
 */
public record ExtendedError(int infoCode, String text) {
    /** RFC 8914 section 4.4: the answer is older than it should be. */
    public static final int STALE_ANSWER = 3;
    /** RFC 8914 section 4.15: the server is not ready to answer. */
    public static final int NOT_READY = 14;
    /** RFC 8914 section 4.16. */
    public static final int BLOCKED = 15;
    /** RFC 8914 section 4.18: records are withheld from the client by its own or its provider's wish. */
    public static final int FILTERED = 17;
    /** RFC 8914 section 4.19: the client is not allowed to ask. */
    public static final int PROHIBITED = 18;
    /** RFC 8914 section 4.20: the answer that there is no such name is older than it should be. */
    public static final int STALE_NXDOMAIN = 19;
    /** RFC 8914 section 4.21: the server is not authoritative for the name and does not recurse. */
    public static final int NOT_AUTHORITATIVE = 20;
    /** RFC 8914 section 4.22: what was asked is nothing that this server does. */
    public static final int NOT_SUPPORTED = 21;
    /** RFC 8914 section 4.23: an upstream could not be reached. */
    public static final int NETWORK_ERROR = 23;
    /** RFC 8914 section 4.1: none of the others. */
    public static final int OTHER = 0;
    /**
     * Too many queries wait; the same one may be answered a little later. Waypost's own: the registry has no code for it,
     * and leaves 49152 and above to private use (RFC 8914 section 5.2).
     */
    public static final int OVERLOADED = 49_153;
}
