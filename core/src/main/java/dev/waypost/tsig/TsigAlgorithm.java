package dev.waypost.tsig;

import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * How a message is digested (RFC 8945 section 6). HMAC-MD5 is not among them: it must not be used any more.
 */
public enum TsigAlgorithm {
    HMAC_SHA1(20),
    HMAC_SHA224(28),
    HMAC_SHA256(32),
    HMAC_SHA384(48),
    HMAC_SHA512(64);

    private static final int LEAST_OCTETS = 10;

    private final int macOctets;
    private final Name wireName;

    TsigAlgorithm(int macOctets) {
        this.macOctets = macOctets;
        this.wireName = Name.fromConstantString(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".");
    }

    /** The algorithm of a name as {@code hmac-sha256.}, any letter case; empty for one that is not served. */
    public static Optional<TsigAlgorithm> of(Name name) {
        for (TsigAlgorithm each : values()) {
            if (each.wireName.equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** As messages name it. */
    public Name wireName() {
        return wireName;
    }

    int macOctets() {
        return macOctets;
    }

    /** Whether a signature of this algorithm may be so long: not more than whole, not cut too far. */
    boolean allows(int octets) {
        return octets <= macOctets && octets >= Math.max(LEAST_OCTETS, macOctets / 2);
    }

    /** As the JCA names it. */
    String transformation() {
        return name().replace("_", "").replace("HMAC", "Hmac");
    }
}
