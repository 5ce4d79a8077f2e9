package dev.waypost.tsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/** Our queries as dnsjava reads them, and dnsjava's replies as we do. */
class TsigQueryTest {
    private static final Name NAME = Name.fromConstantString("transfer.key.example.");
    private static final Name ZONE = Name.fromConstantString("example.org.");
    private static final byte[] SECRET = "thirty-two octets of good secret".getBytes(StandardCharsets.US_ASCII);
    private static final TSIG THEIRS = new TSIG(TSIG.HMAC_SHA256, NAME, SECRET);

    private final TsigKey key = new TsigKey(NAME, TsigAlgorithm.HMAC_SHA256, SECRET);
    private final TsigQuery query = new TsigQuery(key, Clock.systemUTC());

    private TSIGRecord asked() throws Exception {
        byte[] octets = signed();
        Message read = new Message(octets);
        assertThat(Rcode.TSIGstring(THEIRS.verify(read, octets, null))).isEqualTo("NOERROR");
        return read.getTSIG();
    }

    private byte[] signed() {
        byte[] plain =
                Message.newQuery(Record.newRecord(ZONE, Type.AXFR, DClass.IN)).toWire();
        byte[] space = Arrays.copyOf(plain, plain.length + query.octets());
        return Arrays.copyOf(space, query.sign(space, plain.length));
    }

    private static Message reply(int number) {
        Message message = new Message(7);
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(Record.newRecord(ZONE, Type.AXFR, DClass.IN), Section.QUESTION);
        message.addRecord(
                Record.newRecord(ZONE, 65280, DClass.IN, 60, new byte[] {(byte) number, 2, 3}), Section.ANSWER);
        return message;
    }

    private Optional<String> checked(Message message) {
        byte[] octets = message.toWire(Message.MAXLENGTH);
        return query.check(octets, octets.length);
    }

    @Test
    @DisplayName("RFC 8945 sections 5.1 and 5.3: a signed query, a signed reply")
    void signedReplyIsBelieved() throws Exception {
        Message reply = reply(1);
        THEIRS.apply(reply, asked());
        assertThat(query.isSigned()).isFalse();
        assertThat(checked(reply)).isEmpty();
        assertThat(query.isSigned()).isTrue();
    }

    @Test
    @DisplayName("RFC 8945 section 5.3.1: several messages, each signed over the one before it, some not signed at all")
    void severalMessagesAreBelieved() throws Exception {
        TSIGRecord last = asked();
        TSIG.StreamGenerator theirs = new TSIG.StreamGenerator(THEIRS, last);
        for (int i = 0; i < 250; i++) {
            Message reply = reply(i);
            theirs.generate(reply);
            assertThat(checked(reply)).as("message %s", i).isEmpty();
        }
        assertThat(query.isSigned()).isTrue();
    }

    @Test
    void unsignedMessageInTheMiddleIsBelievedOnlyWithTheNextSignature() throws Exception {
        TSIGRecord asked = asked();
        Message first = reply(1);
        THEIRS.apply(first, asked);
        assertThat(checked(first)).isEmpty();
        assertThat(checked(reply(2))).isEmpty();
        assertThat(query.isSigned()).isFalse();
        Message third = reply(3);
        THEIRS.apply(third, first.getTSIG(), false); // passes the second one over: what was slipped in breaks it
        assertThat(checked(third)).contains("its signature is wrong");
    }

    @Test
    void firstMessageMustBeSigned() throws Exception {
        asked();
        assertThat(checked(reply(1))).contains("it is not signed");
    }

    @Test
    @DisplayName("RFC 8945 section 5.3.1: not more than 99 messages without a signature")
    void signaturesMayBeNoFurtherApart() throws Exception {
        Message first = reply(0);
        THEIRS.apply(first, asked());
        checked(first);
        for (int i = 0; i < 99; i++) {
            assertThat(checked(reply(i))).isEmpty();
        }
        assertThat(checked(reply(100))).contains("it is not signed");
    }

    @Test
    void signatureOfAnotherQueryOrSecretIsWrong() throws Exception {
        asked();
        Message unasked = reply(1);
        THEIRS.apply(unasked, null);
        assertThat(checked(unasked)).contains("its signature is wrong");

        TSIG guessed = new TSIG(TSIG.HMAC_SHA256, NAME, "guessed".getBytes(StandardCharsets.US_ASCII));
        TsigQuery again = new TsigQuery(key, Clock.systemUTC());
        byte[] plain = reply(1).toWire();
        byte[] space = Arrays.copyOf(plain, plain.length + again.octets());
        again.sign(space, plain.length);
        Message forged = reply(1);
        guessed.apply(forged, new Message(space).getTSIG());
        byte[] octets = forged.toWire();
        assertThat(again.check(octets, octets.length)).contains("its signature is wrong");
    }

    @Test
    void errorOfTheOtherSideIsTold() throws Exception {
        Message refused = reply(1);
        THEIRS.apply(refused, Rcode.BADKEY, asked());
        assertThat(checked(refused)).contains("the other side says BADKEY");
    }

    @Test
    void otherKeyIsNotBelieved() throws Exception {
        asked();
        Message other = reply(1);
        new TSIG(TSIG.HMAC_SHA256, Name.fromConstantString("other."), SECRET).apply(other, null);
        assertThat(checked(other)).contains("it is signed with another key, other. (hmac-sha256.)");
    }

    @Test
    void otherTimeIsNotBelieved() throws Exception {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        TSIG late = new TSIG(TSIG.HMAC_SHA256, NAME, new javax.crypto.spec.SecretKeySpec(SECRET, "HmacSHA256"), ahead);
        Message reply = reply(1);
        late.apply(reply, asked());
        assertThat(checked(reply)).contains("it was signed at another time, or the clocks differ");
    }

    @Test
    void messageThatCannotBeReadIsNotBelieved() throws Exception {
        asked();
        byte[] octets = reply(1).toWire();
        for (int length = 0; length < octets.length; length++) {
            assertThat(query.check(octets, length)).as("%s octets", length).isPresent();
        }
    }

    @Test
    void keysTellNoSecret() {
        assertThat(key).hasToString("transfer.key.example. (hmac-sha256.)");
        assertThatThrownBy(() -> TsigKey.of(NAME, TsigAlgorithm.HMAC_SHA1, "not base64"))
                .hasMessage("key transfer.key.example. wants its secret in base64");
        assertThatThrownBy(() -> new TsigKey(NAME, TsigAlgorithm.HMAC_SHA1, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TsigKey(Name.fromConstantString("relative"), TsigAlgorithm.HMAC_SHA1, SECRET))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
