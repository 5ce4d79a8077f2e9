package dev.waypost;

import java.util.Arrays;

/**
 * One EDNS option (RFC 6891 section 6.1.2).
 *
 * @param code option code, 0..65535
 * @param content the option's octets, copied in and out
 */
public record EdnsOption(int code, byte[] content) {
    public EdnsOption {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
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
