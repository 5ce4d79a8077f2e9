package dev.waypost.tsig;

import javax.crypto.Mac;

/** Digests what one signature is over, in the order in which it is given (RFC 8945 section 4.3). For one thread. */
final class TsigDigest {
    private static final int HEADER_OCTETS = 12;
    private static final int COUNTS = 10;

    private final Mac mac;

    TsigDigest(TsigKey key) {
        this.mac = key.mac();
    }

    /** The signature before this one: of the query, or of the last signed message of the same reply. */
    TsigDigest behind(byte[] signature) {
        update16(signature.length);
        mac.update(signature);
        return this;
    }

    /** A message without a signature. */
    TsigDigest message(byte[] octets, int length) {
        mac.update(octets, 0, length);
        return this;
    }

    /** A signed message as it was before it was signed: with its first ID, and without the record. */
    TsigDigest message(byte[] octets, TsigRecord record, int recordAt) {
        update16(record.originalId());
        mac.update(octets, 2, COUNTS - 2);
        update16(TsigRecord.additionalRecords(octets) - 1);
        mac.update(octets, HEADER_OCTETS, recordAt - HEADER_OCTETS);
        return this;
    }

    /** What else is signed, and the end. @return the signature */
    byte[] signature(byte[] variables) {
        return mac.doFinal(variables);
    }

    private void update16(int value) {
        mac.update((byte) (value >>> 8));
        mac.update((byte) value);
    }
}
