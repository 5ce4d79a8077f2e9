package dev.waypost.tsig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.Name;
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
        try {
            DNSInput in = new DNSInput(ByteBuffer.wrap(message, 0, length));
            in.jump(4);
            int questions = in.readU16();
            int records = in.readU16() + in.readU16() + in.readU16();
            for (int i = 0; i < questions; i++) {
                new Name(in);
                in.jump(in.current() + 4);
            }
            int last = NOWHERE;
            for (int i = 0; i < records; i++) {
                int at = in.current();
                new Name(in);
                last = in.readU16() == Type.TSIG ? at : NOWHERE;
                in.jump(in.current() + 6);
                in.jump(in.readU16() + in.current());
            }
            return last;
        } catch (IOException | IllegalArgumentException unreadable) {
            return NOWHERE;
        }
    }
}
