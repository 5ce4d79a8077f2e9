package dev.waypost.pem;

import dev.waypost.ConfigurationException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;

/**
 * What a TLS peer proves itself by: its private key, and the certificate for it with those that vouch for it.
 *
 * @param key the private key
 * @param chain its certificate first
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] SIGNED = {'w', 'a', 'y', 'p', 'o', 's', 't'};

    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads the two files that tools write: PKCS #8, PKCS #1 or SEC 1 for the key. They may be one file.
     *
     * @throws ConfigurationException when one cannot be used, with its line, or when they do not belong together
     */
    public static TlsIdentity read(Path certificates, Path key) {
        return of(PemFile.read(certificates), PemFile.read(key));
    }

    /**
     * The identity that two files hold, which may be the same one.
     *
     * @throws ConfigurationException as {@link #read} does
     */
    public static TlsIdentity of(PemFile certificates, PemFile key) {
        List<X509Certificate> chain = certificates.certificates();
        PrivateKey secret = PrivateKeys.of(key);
        if (!belongTogether(secret, chain.get(0).getPublicKey())) {
            throw ConfigurationException.of(key.source(), "is not the key of the first certificate of " + certificates);
        }
        return new TlsIdentity(secret, chain);
    }

    private static boolean belongTogether(PrivateKey secret, PublicKey known) {
        if (secret instanceof RSAKey one && known instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        if (!secret.getAlgorithm().equals(known.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
            signature.initSign(secret);
            signature.update(SIGNED);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(SIGNED);
            return signature.verify(signed);
        } catch (GeneralSecurityException unlike) {
            return false;
        }
    }

    /** Whose it is; the key is kept out of logs. */
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
