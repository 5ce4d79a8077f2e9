package dev.waypost.wire.rfc2181;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sizes, TC, and RRsets whole or not at all. */
class WholeRrsetsTest {
    private static final RecordSet ALIAS = WireRecords.set("www.example.", Type.CNAME, 30, "host.example.");

    private static WireMessages query() {
        return WireMessages.query("www.example.", Type.A);
    }

    private static WireProbe saying(Response response) {
        return WireProbe.over(query -> response);
    }

    private static Response answer(RecordSet... sets) {
        return Response.answer(Freshness.never(), sets);
    }

    @ParameterizedTest
    @CsvSource({"29, 493", "30, 509", "31, 29"}) // header 12, question 17, a record 16
    @DisplayName("RFC 1035 section 4.2.1: without EDNS a datagram holds 512 octets")
    void withoutEdnsTheLimitIs512(int records, int octets) {
        byte[] reply =
                saying(answer(WireRecords.addresses("www.example.", records))).udp(query().bytes());

        assertThat(reply).hasSize(octets);
        assertThat(tc(WireProbe.parsed(reply))).isEqualTo(records == 31);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 29", // counts as 512: 12 + 17 + 11 + 16 * 29 = 504
        "512, 29",
        "600, 35",
        "1232, 74",
        "4096, 74",
        "65535, 74",
    })
    @DisplayName("RFC 6891 section 6.2.3, RFC 9715: the limit is the client's offer, 512 at least, 1232 at most")
    void limitIsTheOfferUpTo1232(int offer, int most) {
        byte[] query = query().opt(offer).bytes();

        Message fits =
                saying(answer(WireRecords.addresses("www.example.", most))).udpMessage(query);
        Message over =
                saying(answer(WireRecords.addresses("www.example.", most + 1))).udpMessage(query);

        assertThat(tc(fits)).isFalse();
        assertThat(fits.getSection(Section.ANSWER)).hasSize(most);
        assertThat(tc(over)).isTrue();
        assertThat(over.getSection(Section.ANSWER)).as("whole RRsets or none").isEmpty();
        assertThat(over.getOPT()).isNotNull();
    }

    @Test
    @DisplayName("RFC 2181 section 9: of an alias and its target the RRset that fits stays, with TC")
    void setsBeforeTheOneThatDoesNotFitStay() {
        Message reply = saying(answer(ALIAS, WireRecords.addresses("host.example.", 100)))
                .udpMessage(query().bytes());

        assertThat(tc(reply)).isTrue();
        assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
        assertThat(reply.getSection(Section.ANSWER).get(0).getType()).isEqualTo(Type.CNAME);
    }

    @Test
    @DisplayName("RFC 2181 section 9: no TC for NS or additional records that were left out behind an answer")
    void courtesiesAreLeftOutSilently() {
        Response response = answer(WireRecords.addresses("www.example.", 10))
                .withAuthority(List.of(WireRecords.set("example.", Type.NS, 30, manyNames(60))))
                .withAdditional(List.of(WireRecords.texts("a.example.", 3), WireRecords.addresses("b.example.", 1)));

        Message reply = saying(response).udpMessage(query().bytes());

        assertThat(tc(reply)).isFalse();
        assertThat(reply.getSection(Section.ANSWER)).hasSize(10);
        assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
        assertThat(reply.getSection(Section.ADDITIONAL))
                .as("what fits is not left out")
                .hasSize(1);
    }

    @Test
    @DisplayName("RFC 2308 section 2: a negative answer whose SOA does not fit has TC")
    void negativeAnswerWithoutItsSoaIsTruncated() {
        String label = "a".repeat(62);
        String longName = String.join(".", label, label, label, "example.");
        RecordSet soa = WireRecords.set(
                longName, Type.SOA, 30, "b" + longName + " c" + longName.replace('a', 'd') + " 1 2 3 4 5");
        Response response = Response.empty(Rcode.NXDOMAIN, Freshness.never()).withAuthority(List.of(soa));

        Message reply = saying(response).udpMessage(query().bytes());

        assertThat(tc(reply)).isTrue();
        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    @DisplayName("RFC 1035 section 4.2.2: a stream takes what a datagram cannot")
    void streamTakesWhatADatagramCannot() {
        Message reply =
                saying(answer(WireRecords.addresses("www.example.", 4000))).tcpMessage(query().bytes());

        assertThat(tc(reply)).isFalse();
        assertThat(reply.getSection(Section.ANSWER)).hasSize(4000);
        assertThat(reply.numBytes()).isGreaterThan(63_000);
    }

    @Test
    @DisplayName("RFC 1035 section 4.2.2: more than 65535 octets are SERVFAIL, never a wrong length")
    void moreThanAStreamTakesIsServFail() {
        byte[] query = query().opt(1232).bytes();

        Message reply =
                saying(answer(ALIAS, WireRecords.texts("host.example.", 300))).tcpMessage(query);

        assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(tc(reply)).isFalse();
        assertThat(reply.getSection(Section.ANSWER)).isEmpty();
        assertThat(reply.numBytes()).isEqualTo(query.length);
    }

    @Test
    @DisplayName("RFC 1035 section 4.2.2: the last octet of a stream's message can be used")
    void streamIsFilledToItsEnd() {
        for (int records = 240; records < 250; records++) {
            byte[] reply =
                    saying(answer(WireRecords.texts("www.example.", records))).tcp(query().bytes());
            int wanted = 12 + 17 + 268 * records;
            assertThat(reply.length).isEqualTo(wanted <= 65535 ? wanted : 29);
        }
    }

    @Test
    @DisplayName("RFC 1035 section 4.2.1: nothing is written behind the transport's buffer")
    void smallBuffersAreKept() {
        WireProbe probe = saying(answer(WireRecords.addresses("www.example.", 100)));
        byte[] query = query().opt(1232).bytes();
        for (int size = 0; size < 200; size++) {
            byte[] reply = probe.reply(query, new byte[size], Transport.UDP);
            assertThat(reply.length).isIn(0, query.length);
        }
    }

    @Test
    @DisplayName("RFC 2181 section 11: any octet may stand in a label")
    void anyOctetInALabel() {
        byte[] qname = new byte[255];
        int at = 0;
        for (int label = 0; label < 4; label++) {
            int length = label < 3 ? 63 : 61;
            qname[at] = (byte) length;
            for (int i = 1; i <= length; i++) {
                qname[at + i] = (byte) (at + i);
            }
            at += length + 1;
        }
        WireProbe probe = WireProbe.over(
                query -> answer(WireRecords.addresses("a.example.", 2).withOwner(query.qname())));

        byte[] query = WireMessages.header().question(qname, Type.A, 1).bytes();
        byte[] reply = probe.udp(query);

        assertThat(Arrays.copyOfRange(reply, 12, 271)).isEqualTo(Arrays.copyOfRange(query, 12, 271));
        assertThat(WireProbe.parsed(reply)
                        .getSection(Section.ANSWER)
                        .get(1)
                        .getName()
                        .toWire())
                .isEqualTo(qname);
    }

    private static String[] manyNames(int count) {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = "ns" + i + ".example.";
        }
        return names;
    }

    private static boolean tc(Message reply) {
        return reply.getHeader().getFlag(Flags.TC);
    }
}
