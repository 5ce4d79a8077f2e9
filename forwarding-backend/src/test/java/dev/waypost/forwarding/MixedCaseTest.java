package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.Script;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

@DisplayName("draft-vixie-dnsext-dns0x20: letters of random size, to be brought back so")
class MixedCaseTest {
    private static final String NAME = "a-name-of-forty-letters-so-that-chance-is-small.example.";
    private static final String ANSWER = NAME + " 300 A 192.0.2.1";

    private final ScriptedUpstream upstream = ScriptedUpstream.running(Replies.answering(ANSWER));
    private final ForwarderBuilder builder = Forwarder.builder()
            .upstream(upstream.address())
            .tryTimeout(Duration.ofSeconds(4))
            .mixedCase(true);
    private final Forwarder forwarder = builder.ticker(new SlowTicker()).build();
    private final Forwarder timeless = builder.ticker(new FakeTicker()).build();

    MixedCaseTest() {
        forwarder.start();
        timeless.start();
    }

    @AfterEach
    void close() {
        forwarder.close();
        timeless.close();
        upstream.close();
    }

    /** A reply that spells the name in small letters, and says something else. */
    private static Script inSmallLetters(String address) {
        return (query, line) -> line.send(Replies.asking(
                        Replies.answer(query, NAME + " 300 A " + address),
                        query.qname().toLowerCase(Locale.ROOT),
                        query.qtype(),
                        DClass.IN)
                .toWire());
    }

    @Test
    void lettersDifferFromQueryToQueryAndTheClientSeesItsOwn() {
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(upstream.received()).extracting(ReceivedQuery::qname).doesNotHaveDuplicates();
        assertThat(upstream.received())
                .extracting(query -> query.qname().toLowerCase(Locale.ROOT))
                .containsOnly(NAME);
    }

    @Test
    void replyInOtherLettersIsAskedForAgainOverTcp() {
        upstream.udp(inSmallLetters("203.0.113.66"));
        for (int i = 0; i < 2; i++) {
            assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        }
        assertThat(upstream.received())
                .as("over TCP the letters came back, so they are still looked at")
                .extracting(ReceivedQuery::stream)
                .containsExactly(false, true, false, true);
    }

    @Test
    void replyInOtherLettersDoesNotEndTheWaitForTheTrueOne() {
        upstream.udp((query, line) -> {
            inSmallLetters("203.0.113.66").receive(query, line);
            line.send(Replies.answer(query, ANSWER).toWire());
        });
        assertThat(timeless.resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void upstreamThatSpellsNamesItsOwnWayOverTcpTooIsLeftAlone() {
        upstream.udp(inSmallLetters("192.0.2.1")).tcp(inSmallLetters("192.0.2.1"));
        for (int i = 0; i < 3; i++) {
            assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        }
        List<ReceivedQuery> received = upstream.received();
        assertThat(received).extracting(ReceivedQuery::stream).containsExactly(false, true, false, false);
        assertThat(received.subList(2, 4)).extracting(ReceivedQuery::qname).containsOnly(NAME);
    }

    @Test
    void lettersOfTheQueryGoNoFurtherThanTheUpstream() {
        upstream.udp((query, line) -> line.send(Replies.with(
                        Replies.reply(query, Rcode.NXDOMAIN),
                        Section.AUTHORITY,
                        parent(query.qname()) + " 60 SOA ns." + parent(query.qname()) + " h.example. 1 2 3 4 60")
                .toWire())); // compressed with the name in the question, as servers do
        assertThat(DnsAssertions.response(forwarder.resolve(Questions.a(NAME))).authority())
                .extracting(set -> set.records().get(0).toString())
                .containsExactly("example.\t\t60\tIN\tSOA\tns.example. h.example. 1 2 3 4 60");
    }

    private static String parent(String qname) {
        return qname.substring(qname.indexOf('.') + 1);
    }
}
