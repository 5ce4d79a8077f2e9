package dev.waypost.wire.policy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** SipHash-2-4 (Aumasson and Bernstein, 2012): a short tag over a short message, which nobody makes without the key. */
final class SipHash {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipHash(long k0, long k1) {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /**
     * The tag of a message.
     *
     * @param k0 the key's first half, little-endian
     * @param k1 its second half
     * @return eight octets, little-endian
     */
    static long of(long k0, long k1, byte[] message) {
        SipHash hash = new SipHash(k0, k1);
        int whole = message.length & -Long.BYTES;
        for (int at = 0; at < whole; at += Long.BYTES) {
            hash.mix((long) WORD.get(message, at));
        }
        long last = (long) message.length << 56;
        for (int at = whole; at < message.length; at++) {
            last |= Byte.toUnsignedLong(message[at]) << Byte.SIZE * (at - whole);
        }
        hash.mix(last);
        return hash.end();
    }

    private void mix(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private long end() {
        v2 ^= 0xff;
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
