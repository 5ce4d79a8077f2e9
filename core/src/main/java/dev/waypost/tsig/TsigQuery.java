package dev.waypost.tsig;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * One signed query of ours and the check of its reply, which may have several messages (RFC 8945 sections 5.1, 5.3.1 and
 * 5.4). For one thread.
 */
public final class TsigQuery {
    /** Messages of a reply without a signature of their own, one behind the other: RFC 8945 section 5.3.1. */
    private static final int MOST_UNSIGNED = 99;

    private static final int HEADER_OCTETS = 12;
    /** Type, class, TTL and RDLENGTH. */
    private static final int FIXED_OCTETS = 10;

    private static final int POINTER = 0xC0;
    private static final int NOWHERE = -1;

    private final TsigKey key;
    private final Clock clock;
    private TsigDigest next;
    private boolean begun;
    private int unsigned;

    /** An exchange that was not begun. */
    public TsigQuery(TsigKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
        this.next = new TsigDigest(key);
    }

    /** Octets that signing adds to the query. */
    public int octets() {
        return TsigRecord.mostOctets(key);
    }

    /**
     * Signs the query; once, before anything else.
     *
     * @param message holds the query from index 0 and has room for {@link #octets} more
     * @return behind the last octet of the signed query
     */
    public int sign(byte[] message, int length) {
        TsigRecord about = TsigRecord.of(key.name(), key.algorithm().wireName(), TsigRecord.id(message), clock);
        byte[] signature = next.message(message, length).signature(about.variables());
        next = new TsigDigest(key).behind(signature);
        return about.withMac(signature).append(message, length);
    }

    /**
     * Checks the next message of the reply; after a fault, no other may be believed.
     *
     * @return why it cannot be believed; empty where it can, though one without a signature only once {@link #isSigned}
     *     says so behind a later one
     */
    public Optional<String> check(byte[] message, int length) {
        int at = recordAt(message, length);
        if (at == NOWHERE) {
            next.message(message, length);
            unsigned++;
            return begun && unsigned <= MOST_UNSIGNED ? Optional.empty() : Optional.of("it is not signed");
        }
        return TsigRecord.read(message, length, at)
                .map(record -> fault(message, at, record))
                .orElseGet(() -> Optional.of("its TSIG record is malformed"));
    }

    /** Whether the last message had a signature, and so everything up to it is believed. */
    public boolean isSigned() {
        return begun && unsigned == 0;
    }

    private Optional<String> fault(byte[] message, int at, TsigRecord record) {
        if (record.error() != Rcode.NOERROR) {
            return Optional.of("the other side says " + Rcode.TSIGstring(record.error()));
        }
        if (!record.key().equals(key.name())
                || !record.algorithm().equals(key.algorithm().wireName())) {
            return Optional.of("it is signed with another key, " + record.key() + " (" + record.algorithm() + ")");
        }
        byte[] right = next.message(message, record, at).signature(begun ? record.timers() : record.variables());
        if (!MessageDigest.isEqual(right, record.mac())) { // a cut signature is none here either
            return Optional.of("its signature is wrong");
        }
        if (record.isOfAnotherTime(clock)) {
            return Optional.of("it was signed at another time, or the clocks differ");
        }
        next = new TsigDigest(key).behind(right);
        begun = true;
        unsigned = 0;
        return Optional.empty();
    }

    /** Where the last record begins, if it is a TSIG record. */
    private static int recordAt(byte[] message, int length) {
        if (length < HEADER_OCTETS) {
            return NOWHERE;
        }
        int at = HEADER_OCTETS;
        for (int left = u16(message, 4); left > 0 && at >= 0; left--) {
            at = behindName(message, length, at, 4);
        }
        int last = NOWHERE;
        for (int left = u16(message, 6) + u16(message, 8) + u16(message, 10); left > 0 && at >= 0; left--) {
            int fixed = behindName(message, length, at, FIXED_OCTETS);
            boolean signature = fixed >= 0 && u16(message, fixed - FIXED_OCTETS) == Type.TSIG;
            last = signature ? at : NOWHERE;
            at = fixed < 0 || length - fixed < u16(message, fixed - 2) ? NOWHERE : fixed + u16(message, fixed - 2);
        }
        return at < 0 ? NOWHERE : last;
    }

    /** Behind a name and some more octets; {@link #NOWHERE} where the message ends before. */
    private static int behindName(byte[] message, int length, int from, int more) {
        int at = from;
        while (at < length) {
            int label = message[at] & 0xFF;
            at += label >= POINTER ? 2 : label + 1;
            if (label == 0 || label >= POINTER) {
                return length - at < more ? NOWHERE : at + more;
            }
        }
        return NOWHERE;
    }

    private static int u16(byte[] message, int at) {
        return (message[at] & 0xFF) << 8 | message[at + 1] & 0xFF;
    }
}
