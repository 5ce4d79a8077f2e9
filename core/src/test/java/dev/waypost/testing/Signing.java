package dev.waypost.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.tsig.TsigAlgorithm;
import dev.waypost.tsig.TsigKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import javax.crypto.spec.SecretKeySpec;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/** A client that signs with dnsjava: our signatures are not checked by our own code. */
public final class Signing {
    public static final Name KEY_NAME = Name.fromConstantString("Transfer.Key.example.");
    public static final TsigKey KEY = key(TsigAlgorithm.HMAC_SHA256, "thirty-two octets of good secret");

    private final TSIG tsig;
    private final Message query;
    private final TSIGRecord request;

    private Signing(TSIG tsig, Message query) {
        this.tsig = tsig;
        this.query = query;
        tsig.apply(query, null);
        this.request = query.getTSIG();
    }

    /** A key of the one name. */
    public static TsigKey key(TsigAlgorithm algorithm, String secret) {
        return new TsigKey(KEY_NAME, algorithm, secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** dnsjava's side of a key with HMAC-SHA256. */
    public static TSIG tsig(String secret, Clock clock) {
        byte[] octets = secret.getBytes(StandardCharsets.US_ASCII);
        return new TSIG(TSIG.HMAC_SHA256, KEY_NAME, new SecretKeySpec(octets, "HmacSHA256"), clock);
    }

    /** A question signed with {@link #KEY}. */
    public static Signing asking(String qname, int qtype) {
        return with(tsig("thirty-two octets of good secret", Clock.systemUTC()), qname, qtype);
    }

    /** A question signed with dnsjava's key. */
    public static Signing with(TSIG tsig, String qname, int qtype) {
        return of(tsig, Message.newQuery(Record.newRecord(Name.fromConstantString(qname), qtype, DClass.IN)));
    }

    /** A message signed with dnsjava's key. */
    public static Signing of(TSIG tsig, Message unsigned) {
        return new Signing(tsig, unsigned);
    }

    /** The signed message. */
    public byte[] bytes() {
        return query.toWire(Message.MAXLENGTH);
    }

    /** What it was signed with. */
    public TSIG tsig() {
        return tsig;
    }

    /** The record that signs it. */
    public TSIGRecord request() {
        return request;
    }

    /** Checks a reply's signature. */
    public Message verified(byte[] reply) {
        return verified(reply, request);
    }

    /** Checks the signature of a reply to a query with this record. */
    public Message verified(byte[] reply, TSIGRecord asked) {
        Message message = parsed(reply);
        assertThat(message.getTSIG()).as("signature").isNotNull();
        assertThat(Rcode.TSIGstring(tsig.verify(message, reply, asked))).isEqualTo("NOERROR");
        return message;
    }

    /** What an unsigned reply says about the signature of its query. */
    public static int errorOf(Message reply) {
        assertThat(reply.getTSIG()).isNotNull();
        assertThat(reply.getTSIG().getSignature()).as("signature").isEmpty();
        return reply.getTSIG().getError();
    }

    /** A message as dnsjava reads it. */
    public static Message parsed(byte[] octets) {
        try {
            return new Message(octets);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
