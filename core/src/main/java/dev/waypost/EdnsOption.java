package dev.waypost;

import java.util.Arrays;

/**
 * One EDNS option (RFC 6891 section 6.1.2).
 *
 * @param code option code, 0..65535
 * @param content the option's octets, copied in and out
 */
public record EdnsOption(int code, byte[] content) {
    /** Name server identifier: RFC 5001. */
    public static final int NSID = 3;
    /** DNS cookies: RFC 7873. */
    public static final int COOKIE = 10;
    /** How long a stream may stand idle: RFC 7828. */
    public static final int KEEPALIVE = 11;
    /** Octets that say nothing: RFC 7830. */
    public static final int PADDING = 12;
    /** Extended errors: RFC 8914. */
    public static final int EXTENDED_ERROR = 15;

    public EdnsOption {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** Octets of the content. */
    public int length() {
        return content.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EdnsOption that && code == that.code && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * code + Arrays.hashCode(content);
    }
}
