package dev.waypost.pem;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Private keys in their older forms, wrapped as PKCS #8 (RFC 5208 section 5): a version, the algorithm, and the key as it
 * is. So little of DER is needed that a library for it would be the larger part.
 */
final class KeyWrapping {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xA0;
    private static final int SHORTEST_LONG = 0x80;

    private static final byte[] VERSION = hex("020100");
    /** rsaEncryption and its NULL parameter (RFC 8017 appendix A.1). */
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");
    /** id-ecPublicKey (RFC 5480 section 2.1.1); the curve follows. */
    private static final byte[] EC = hex("06072a8648ce3d0201");

    private KeyWrapping() {}

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** PKCS #8 of an RSAPrivateKey (RFC 8017 appendix A.1.2). */
    static byte[] rsa(byte[] key) {
        return wrapped(RSA, key);
    }

    /**
     * PKCS #8 of an ECPrivateKey (RFC 5915 section 3).
     *
     * @param curve the curve as DER, where the key does not name it itself; may be empty
     * @throws IllegalArgumentException for a key that is not of this form or whose curve nobody names
     */
    static byte[] ec(byte[] key, byte[] curve) {
        byte[] named = curveOf(ByteBuffer.wrap(key));
        byte[] known = named.length > 0 ? named : curve;
        if (known.length == 0) {
            throw new IllegalArgumentException("the key names no curve");
        }
        return wrapped(element(SEQUENCE, EC, known), key);
    }

    private static byte[] curveOf(ByteBuffer der) {
        ByteBuffer key = open(der, SEQUENCE);
        open(key, INTEGER);
        open(key, OCTET_STRING);
        if (!key.hasRemaining() || Byte.toUnsignedInt(key.get(key.position())) != PARAMETERS) {
            return new byte[0];
        }
        ByteBuffer parameters = open(key, PARAMETERS);
        byte[] curve = new byte[parameters.remaining()];
        parameters.get(curve);
        return curve;
    }

    /** The content of the element that begins here, and on behind it. */
    private static ByteBuffer open(ByteBuffer der, int tag) {
        if (der.remaining() < 2 || Byte.toUnsignedInt(der.get()) != tag) {
            throw new IllegalArgumentException("the key is not of the form that its label says");
        }
        int length = Byte.toUnsignedInt(der.get());
        if (length >= SHORTEST_LONG) {
            int octets = length - SHORTEST_LONG;
            length = 0;
            for (int i = 0; i < octets && der.hasRemaining(); i++) {
                length = length << Byte.SIZE | Byte.toUnsignedInt(der.get());
            }
        }
        if (length < 0 || length > der.remaining()) {
            throw new IllegalArgumentException("the key is cut off");
        }
        ByteBuffer content = der.slice(der.position(), length);
        der.position(der.position() + length);
        return content;
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION, algorithm, element(OCTET_STRING, key));
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < SHORTEST_LONG) {
            element.write(length);
        } else {
            element.write(SHORTEST_LONG | 2); // two octets of length: no key is longer
            element.write(length >>> Byte.SIZE);
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
