package dev.waypost.pem;

import dev.waypost.ConfigurationException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** The private key of a PEM file, in any of the three forms that tools write. */
final class PrivateKeys {
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final int LONGEST_KEY = 0xFFFF - 64;

    /** The JDK does not tell which algorithm a PKCS #8 key is of: the first that can read it. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "RSASSA-PSS", "EdDSA");

    private PrivateKeys() {}

    /** The first key of a file. */
    static PrivateKey of(PemFile file) {
        for (PemBlock block : file.blocks()) {
            if (block.label().equals(ENCRYPTED)) {
                throw ConfigurationException.at(
                        file.source(), block.line(), "wants a key without a password, found \"" + ENCRYPTED + "\"");
            }
            if (block.label().endsWith("PRIVATE KEY")) {
                return key(file, block);
            }
        }
        throw ConfigurationException.of(file.source(), "wants a private key, found " + file.labels());
    }

    private static PrivateKey key(PemFile file, PemBlock block) {
        try {
            return decoded(pkcs8(file, block));
        } catch (IllegalArgumentException | GeneralSecurityException unreadable) {
            throw ConfigurationException.at(
                    file.source(),
                    block.line(),
                    "wants a key as \"" + block.label() + "\" says: " + unreadable.getMessage());
        }
    }

    private static byte[] pkcs8(PemFile file, PemBlock block) {
        if (block.content().length > LONGEST_KEY) {
            throw new IllegalArgumentException("it is longer than any key");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> block.content();
            case "RSA PRIVATE KEY" -> KeyWrapping.rsa(block.content());
            case "EC PRIVATE KEY" -> KeyWrapping.ec(block.content(), curve(file));
            default -> throw new IllegalArgumentException("only PKCS #8, RSA and EC keys can be read");
        };
    }

    private static byte[] curve(PemFile file) {
        return file.blocks().stream()
                .filter(block -> block.label().equals("EC PARAMETERS"))
                .map(PemBlock::content)
                .findFirst()
                .orElseGet(() -> new byte[0]);
    }

    private static PrivateKey decoded(byte[] pkcs8) throws InvalidKeySpecException, NoSuchAlgorithmException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                // of the next algorithm perhaps
            }
        }
        throw new InvalidKeySpecException("none of " + ALGORITHMS);
    }
}
