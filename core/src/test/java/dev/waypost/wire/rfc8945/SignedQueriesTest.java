package dev.waypost.wire.rfc8945;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.testing.Signing;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.Zones;
import dev.waypost.tsig.TsigAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

class SignedQueriesTest {
    private static final String WWW = "www.example.org.";
    private static final String SECRET = "thirty-two octets of good secret";
    private static final RecordSet ADDRESS =
            RecordSet.ofRdata(Name.fromConstantString(WWW), Type.A, 60, List.of(new byte[] {(byte) 192, 0, 2, 1}));

    private final WireProbe probe = WireProbe.imaging(64, query -> Response.answer(Freshness.always(), ADDRESS))
            .knowing(Signing.KEY);

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP", "TLS"})
    @DisplayName("Section 5.3, CVE-2026-35579: a signed query has a signed reply, on every transport")
    void signedQueryHasASignedReply(Transport transport) {
        Signing query = Signing.asking(WWW, Type.A);

        Message reply = query.verified(probe.reply(query.bytes(), new byte[65535], transport));

        assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(reply.getSection(1)).hasSize(1);
        assertThat(probe.asked().get(0).client().key()).contains(Signing.KEY_NAME);
        assertThat(probe.asked().get(0).client().transport()).isEqualTo(transport);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Section 6: every algorithm")
    void everyAlgorithm(TsigAlgorithm algorithm) {
        WireProbe other = WireProbe.over(query -> Response.answer(Freshness.always(), ADDRESS))
                .knowing(Signing.key(algorithm, SECRET));
        TSIG tsig = new TSIG(
                algorithm.wireName(),
                Signing.KEY_NAME,
                new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "Hmac"));
        Signing query = Signing.with(tsig, WWW, Type.A);
        assertThat(query.verified(other.tcp(query.bytes())).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP", "TLS"})
    @DisplayName("Section 5.2.1: an unknown key is NOTAUTH, BADKEY, unsigned")
    void unknownKeyIsBadkey(Transport transport) {
        for (WireProbe each : List.of(probe, WireProbe.over(query -> Response.answer(Freshness.always(), ADDRESS)))) {
            TSIG stranger = new TSIG(TSIG.HMAC_SHA256, "stranger.example.", "bm9ib2R5IGtub3dzIHRoaXM=");
            byte[] query = Signing.with(stranger, WWW, Type.A).bytes();
            Message reply = WireProbe.parsed(each.reply(query, new byte[65535], transport));
            assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
            assertThat(Signing.errorOf(reply)).isEqualTo(Rcode.BADKEY);
            assertThat(reply.getSection(1)).isEmpty();
            assertThat(each.asked()).isEmpty();
        }
    }

    @Test
    @DisplayName("Section 5.2.1: a known key with another algorithm is BADKEY")
    void otherAlgorithmIsBadkey() {
        TSIG other = new TSIG(TSIG.HMAC_SHA512, Signing.KEY_NAME, SECRET.getBytes(StandardCharsets.US_ASCII));
        Message reply = probe.udpMessage(Signing.with(other, WWW, Type.A).bytes());
        assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(Signing.errorOf(reply)).isEqualTo(Rcode.BADKEY);
    }

    @Test
    @DisplayName("Section 5.2.2: a wrong signature is NOTAUTH, BADSIG, unsigned")
    void wrongSignatureIsBadsig() {
        byte[] otherSecret = Signing.with(Signing.tsig("another secret", Clock.systemUTC()), WWW, Type.A)
                .bytes();
        byte[] changed = Signing.asking(WWW, Type.A).bytes();
        changed[13] ^= 1; // the first letter of QNAME
        for (byte[] query : List.of(otherSecret, changed)) {
            Message reply = probe.tcpMessage(query);
            assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
            assertThat(Signing.errorOf(reply)).isEqualTo(Rcode.BADSIG);
        }
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName(
            "Section 5.2.2: letter case of names and the ID, which a forwarder may change, do not break a signature")
    void idOnTheWireMayDiffer() {
        Signing query = Signing.asking(WWW, Type.A);
        byte[] octets = query.bytes();
        octets[0] ^= 0x55;
        Message reply = WireProbe.parsed(probe.udp(octets));
        assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(reply.getHeader().getID()).isEqualTo((octets[0] & 0xFF) << 8 | octets[1] & 0xFF);
        assertThat(reply.getTSIG().getOriginalID()).isEqualTo(reply.getHeader().getID());
    }

    @ParameterizedTest
    @ValueSource(longs = {-301 - 60, 301 + 60})
    @DisplayName("Section 5.2.3: another time is NOTAUTH, BADTIME, signed, and tells the server's time")
    void otherTimeIsBadtime(long seconds) {
        Clock skewed = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
        Signing query = Signing.with(Signing.tsig(SECRET, skewed), WWW, Type.A);

        Message reply = query.verified(probe.udp(query.bytes()));

        assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(reply.getTSIG().getError()).isEqualTo(Rcode.BADTIME);
        assertThat(reply.getTSIG().getTimeSigned())
                .isEqualTo(query.request().getTimeSigned().truncatedTo(ChronoUnit.SECONDS));
        byte[] other = reply.getTSIG().getOther();
        long told = 0;
        for (byte octet : other) {
            told = told << 8 | octet & 0xFF;
        }
        assertThat(other).hasSize(6);
        assertThat(told).isCloseTo(Instant.now().getEpochSecond(), offset(100L));
        assertThat(probe.asked()).isEmpty();
    }

    /** The query with its signature cut to some octets. */
    private static byte[] cut(Signing query, int octets) {
        byte[] whole = query.bytes();
        int tail = 2 + 2 + 2; // original ID, error, other length
        int mac = whole.length - tail - 32;
        byte[] cut = new byte[whole.length - 32 + octets];
        System.arraycopy(whole, 0, cut, 0, mac + octets);
        System.arraycopy(whole, whole.length - tail, cut, mac + octets, tail);
        cut[mac - 1] = (byte) octets;
        int rdlength = mac - 2 - 2 - 6 - TSIG.HMAC_SHA256.length() - 2;
        cut[rdlength + 1] -= (byte) (32 - octets);
        return cut;
    }

    @Test
    @DisplayName("Sections 5.2.4 and 5.2.2.1: a signature that was cut is BADTRUNC, signed; cut too far it is FORMERR")
    void cutSignatureIsNotAccepted() {
        Signing query = Signing.asking(WWW, Type.A);
        byte[] halved = cut(query, 16);
        Message reply = query.verified(probe.udp(halved), Signing.parsed(halved).getTSIG());
        assertThat(reply.getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(reply.getTSIG().getError()).isEqualTo(Rcode.BADTRUNC);
        for (int octets : new int[] {0, 10, 15}) {
            assertThat(probe.udpMessage(cut(query, octets)).getRcode()).isEqualTo(Rcode.FORMERR);
        }
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("Section 5.1: a TSIG record elsewhere than at the end, or twice, is FORMERR")
    void misplacedRecordIsFormerr() {
        byte[] rdata = new byte[30];
        byte[] root = new byte[1];
        for (int section : new int[] {1, 2}) {
            byte[] query = WireMessages.query(WWW, Type.A)
                    .record(section, root, Type.TSIG, 0, rdata)
                    .bytes();
            assertThat(probe.udpMessage(query).getRcode()).isEqualTo(Rcode.FORMERR);
        }
        byte[] beforeOpt = WireMessages.query(WWW, Type.A)
                .record(3, root, Type.TSIG, 0, rdata)
                .opt(1232)
                .bytes();
        byte[] twice = WireMessages.query(WWW, Type.A)
                .record(3, root, Type.TSIG, 0, rdata)
                .record(3, root, Type.TSIG, 0, rdata)
                .bytes();
        byte[] malformed = WireMessages.query(WWW, Type.A)
                .record(3, root, Type.TSIG, 0, rdata)
                .bytes();
        for (byte[] query : List.of(beforeOpt, twice, malformed)) {
            Message reply = probe.udpMessage(query);
            assertThat(reply.getRcode()).isEqualTo(Rcode.FORMERR);
            assertThat(reply.getTSIG()).isNull();
        }
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("Section 5.3: what is refused unread is signed too where the query's signature is right")
    void errorsAreSigned() {
        Message update = Message.newUpdate(Name.fromConstantString("example.org."));
        Signing query = Signing.of(Signing.tsig(SECRET, Clock.systemUTC()), update);
        assertThat(query.verified(probe.tcp(query.bytes())).getRcode()).isEqualTo(Rcode.NOTIMP);

        Message any = Message.newQuery(Record.newRecord(Name.fromConstantString(WWW), Type.A, DClass.NONE));
        Signing refused = Signing.of(Signing.tsig(SECRET, Clock.systemUTC()), any);
        assertThat(refused.verified(probe.tcp(refused.bytes())).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(update.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
    }

    @Test
    void unknownKeyIsToldBeforeAnythingElse() {
        TSIG stranger = new TSIG(TSIG.HMAC_SHA256, "stranger.example.", "bm9ib2R5IGtub3dzIHRoaXM=");
        Message update = Message.newUpdate(Name.fromConstantString("example.org."));
        assertThat(probe.tcpMessage(Signing.of(stranger, update).bytes()).getRcode())
                .isEqualTo(Rcode.NOTAUTH);
    }

    @Test
    void imageIsNeverSaidToASignedQueryNorMadeOfASignedReply() {
        byte[] plain = WireMessages.query(WWW, Type.A).bytes();
        Signing query = Signing.asking(WWW, Type.A);
        query.verified(probe.udp(query.bytes()));
        assertThat(probe.udpMessage(plain).getTSIG()).isNull();
        assertThat(probe.udpMessage(plain).getTSIG()).isNull();
        assertThat(probe.asked()).as("the second plain one came from an image").hasSize(2);
        Signing again = Signing.asking(WWW, Type.A);
        again.verified(probe.udp(again.bytes()));
        assertThat(probe.asked()).hasSize(3);
    }

    @Test
    void replyThatComesLaterIsSigned() {
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        WireProbe later = WireProbe.over(query -> Pending.on(answer)).knowing(Signing.KEY);
        Signing query = Signing.asking(WWW, Type.A);
        byte[] octets = query.bytes();
        assertThat(later.udp(octets)).isSameAs(WireProbe.NOTHING);
        Arrays.fill(octets, (byte) 0); // the transport took its buffer back
        answer.complete(Response.answer(Freshness.never(), ADDRESS));
        assertThat(query.verified(later.sent().get(0)).getSection(1)).hasSize(1);
    }

    @Test
    void datagramWithItsSignatureIsNoLongerThanTheClientTakes() {
        List<byte[]> many = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            many.add(new byte[] {(byte) 192, 0, 2, (byte) i});
        }
        RecordSet set = RecordSet.ofRdata(Name.fromConstantString(WWW), Type.A, 60, many);
        WireProbe large =
                WireProbe.over(query -> Response.answer(Freshness.never(), set)).knowing(Signing.KEY);
        assertThat(large.udpMessage(WireMessages.query(WWW, Type.A).bytes())
                        .getHeader()
                        .getFlag(Flags.TC))
                .as("fits unsigned")
                .isFalse();
        Signing query = Signing.asking(WWW, Type.A);
        byte[] reply = large.udp(query.bytes());
        assertThat(reply.length).isLessThanOrEqualTo(512);
        assertThat(query.verified(reply).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    @DisplayName("Section 5.3.1: every message of a transfer is signed, each over the one before it")
    void everyMessageOfATransferIsSigned() {
        RecordSet soa = Zones.zone("example.org").soa();
        List<RecordSet> sets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sets.add(RecordSet.ofRdata(Zones.name("host" + i + ".example.org"), 65280, 60, List.of(new byte[200])));
        }
        WireProbe zone = WireProbe.over(
                        query -> Response.answer(Freshness.never(), soa).withZone(sets))
                .knowing(Signing.KEY);
        Signing query = Signing.asking("example.org.", Type.AXFR);
        TSIG.StreamVerifier verifier = new TSIG.StreamVerifier(query.tsig(), query.request());

        zone.tcp(query.bytes());

        byte[] space = new byte[65535];
        int messages = 0;
        for (int size = zone.streams().get(0).next(space);
                size > 0;
                size = zone.streams().get(0).next(space)) {
            byte[] octets = Arrays.copyOf(space, size);
            Message message = WireProbe.parsed(octets);
            assertThat(message.getTSIG()).isNotNull();
            assertThat(verifier.verify(message, octets)).isEqualTo(Rcode.NOERROR);
            assertThat(size).isLessThanOrEqualTo(16 * 1024);
            messages++;
        }
        assertThat(messages).isGreaterThan(3);
    }
}
