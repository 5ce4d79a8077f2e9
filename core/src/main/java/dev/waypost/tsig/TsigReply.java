package dev.waypost.tsig;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * What a signed query comes to: who asks, or what is wrong, and the signatures of its reply (RFC 8945 sections 5.2 and
 * 5.3). For one thread at a time.
 */
public final class TsigReply {
    private final TsigRecord request;
    private final int error;
    private final Optional<TsigKey> key;
    private final Clock clock;
    private byte[] last;
    private boolean begun;

    private TsigReply(TsigRecord request, int error, Optional<TsigKey> key, Clock clock) {
        this.request = request;
        this.error = error;
        this.key = key;
        this.clock = clock;
        this.last = request.mac();
    }

    /**
     * Looks at the signature of a query, in the order of RFC 8945 section 5.2: key, signature, time, and whether the
     * signature was cut, which is not accepted.
     *
     * @param message holds the query from index 0; not changed
     * @param recordAt where the TSIG record begins, the last of the message
     * @return empty where the record cannot be read: FORMERR, and there is nothing to sign with
     */
    public static Optional<TsigReply> check(byte[] message, int length, int recordAt, TsigKeys keys, Clock clock) {
        Optional<TsigRecord> record = TsigRecord.read(message, length, recordAt);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        TsigRecord request = record.get();
        Optional<TsigKey> named = keys.find(request.key())
                .filter(key -> key.algorithm().wireName().equals(request.algorithm()));
        if (named.isEmpty()) {
            return Optional.of(new TsigReply(request, Rcode.BADKEY, named, clock));
        }
        TsigKey key = named.get();
        if (!key.algorithm().allows(request.mac().length)) {
            return Optional.empty(); // RFC 8945 section 5.2.2.1
        }
        byte[] right = new TsigDigest(key).message(message, request, recordAt).signature(request.variables());
        if (!MessageDigest.isEqual(Arrays.copyOf(right, request.mac().length), request.mac())) {
            return Optional.of(new TsigReply(request, Rcode.BADSIG, Optional.empty(), clock));
        }
        int error = request.isOfAnotherTime(clock)
                ? Rcode.BADTIME
                : request.mac().length < right.length ? Rcode.BADTRUNC : Rcode.NOERROR;
        return Optional.of(new TsigReply(request, error, named, clock));
    }

    /** What to answer: NOERROR where the query may be looked at, else NOTAUTH. */
    public int rcode() {
        return error == Rcode.NOERROR ? Rcode.NOERROR : Rcode.NOTAUTH;
    }

    /** The name of the key that the query was signed with; empty where anything was wrong. */
    public Optional<Name> signer() {
        return error == Rcode.NOERROR ? key.map(TsigKey::name) : Optional.empty();
    }

    /** Octets that a message's signature takes, at most. */
    public int octets() {
        return key.map(TsigRecord::mostOctets).orElseGet(() -> about(0).octets());
    }

    /**
     * Signs the next message of the reply, as far as there is a key to sign with.
     *
     * @param message holds the message from index 0 and has room for {@link #octets} more
     * @return behind the last octet of the signed message
     */
    public int sign(byte[] message, int length) {
        TsigRecord about = about(TsigRecord.id(message));
        if (key.isEmpty()) {
            return about.append(message, length);
        }
        last = new TsigDigest(key.get())
                .behind(last)
                .message(message, length)
                .signature(begun ? about.timers() : about.variables());
        begun = true;
        return about.withMac(last).append(message, length);
    }

    /** The record of a reply, not signed yet: the query's names, and the time of both sides where they differ. */
    private TsigRecord about(int id) {
        TsigRecord now = TsigRecord.of(request.key(), request.algorithm(), id, clock);
        return error == Rcode.BADTIME ? now.answeringTime(request.timeSigned()) : now.withError(error);
    }
}
