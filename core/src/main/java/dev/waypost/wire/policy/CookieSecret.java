package dev.waypost.wire.policy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What cookies are made with: 128 bits that no client knows (RFC 9018 section 4.4). */
public final class CookieSecret {
    private static final int OCTETS = 16;

    private final long k0;
    private final long k1;

    private CookieSecret(ByteBuffer octets) {
        this.k0 = octets.getLong();
        this.k1 = octets.getLong();
    }

    /**
     * A secret that servers behind one address have in common.
     *
     * @param digits 32 hexadecimal digits
     * @throws IllegalArgumentException for anything else; the text is not repeated in its message
     */
    public static CookieSecret of(String digits) {
        if (digits.length() != 2 * OCTETS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("a cookie secret wants " + 2 * OCTETS + " hexadecimal digits");
        }
        return of(HexFormat.of().parseHex(digits));
    }

    /** A secret that nobody else has. */
    public static CookieSecret random() {
        byte[] octets = new byte[OCTETS];
        new SecureRandom().nextBytes(octets);
        return of(octets);
    }

    private static CookieSecret of(byte[] octets) {
        return new CookieSecret(ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN));
    }

    long tag(byte[] message) {
        return SipHash.of(k0, k1, message);
    }

    /** Nothing of it: it is kept out of logs. */
    @Override
    public String toString() {
        return "CookieSecret[]";
    }
}
