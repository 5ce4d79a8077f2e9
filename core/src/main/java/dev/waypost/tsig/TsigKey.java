package dev.waypost.tsig;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.xbill.DNS.Name;

/** A secret that two servers share, and its name. Immutable; nothing but a signature ever tells the secret. */
public final class TsigKey {
    private final Name name;
    private final TsigAlgorithm algorithm;
    private final byte[] secret;

    /**
     * A key.
     *
     * @param name absolute; both sides must call it so
     * @param secret at least one octet, copied; RFC 8945 section 6 wants as many as the algorithm's digest has
     */
    public TsigKey(Name name, TsigAlgorithm algorithm, byte[] secret) {
        if (!name.isAbsolute()) {
            throw new IllegalArgumentException("a key wants an absolute name, found \"" + name + "\"");
        }
        if (secret.length == 0) {
            throw new IllegalArgumentException("key " + name + " wants a secret, found none");
        }
        this.name = name;
        this.algorithm = algorithm;
        this.secret = secret.clone();
    }

    /**
     * A key as configurations write it.
     *
     * @param base64 the secret (RFC 4648 section 4)
     * @throws IllegalArgumentException for what is no base64; the message does not repeat it
     */
    public static TsigKey of(Name name, TsigAlgorithm algorithm, String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("key " + name + " wants its secret in base64");
        }
        return new TsigKey(name, algorithm, secret);
    }

    /** What both sides call it. */
    public Name name() {
        return name;
    }

    /** How it digests. */
    public TsigAlgorithm algorithm() {
        return algorithm;
    }

    Mac mac() {
        try {
            Mac mac = Mac.getInstance(algorithm.transformation());
            mac.init(new SecretKeySpec(secret, algorithm.transformation()));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the platform has no " + algorithm.transformation(), impossible);
        }
    }

    /** Whether another key has this one's name, algorithm and secret. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TsigKey that
                && name.equals(that.name)
                && algorithm == that.algorithm
                && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Name and algorithm. */
    @Override
    public String toString() {
        return name + " (" + algorithm.wireName() + ")";
    }
}
