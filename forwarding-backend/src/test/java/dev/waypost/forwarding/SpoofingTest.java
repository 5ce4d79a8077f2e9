package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.Script;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.forwarding.transport.UpstreamTransport;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Type;

/** Who may answer, and for whom. */
class SpoofingTest {
    private static final String NAME = "www.example.";
    private static final String TRUE_ANSWER = "www.example. 300 A 192.0.2.1";

    private final ScriptedUpstream upstream = ScriptedUpstream.running(Replies.answering(TRUE_ANSWER));
    private final Forwarder forwarder = Forwarder.builder()
            .upstream(upstream.address())
            .ticker(new FakeTicker())
            .build();

    SpoofingTest() {
        forwarder.start();
    }

    @AfterEach
    void close() {
        forwarder.close();
        upstream.close();
    }

    @Test
    @DisplayName("RFC 5452 section 9.2: each query has its own port and an ID nobody can guess")
    void portsAndIdsDifferFromQueryToQuery() {
        for (int i = 0; i < 64; i++) {
            DnsAssertions.response(forwarder.resolve(Questions.a("n" + i + ".example.")));
        }
        List<ReceivedQuery> queries = upstream.received();
        // 64 draws out of about 28,000 ports meet by chance now and then, so a few equal ones are lawful
        assertThat(queries.stream().map(ReceivedQuery::sourcePort).distinct().count())
                .isGreaterThanOrEqualTo(61);
        assertThat(queries.stream().map(ReceivedQuery::id).distinct().count()).isGreaterThanOrEqualTo(61);
        List<Integer> steps = new ArrayList<>();
        for (int i = 1; i < queries.size(); i++) {
            steps.add(queries.get(i).sourcePort() - queries.get(i - 1).sourcePort());
        }
        assertThat(steps.stream().distinct().count()).as("ports follow no step").isGreaterThan(40);
    }

    static Stream<Arguments> falseReplies() {
        return Stream.of(
                fault("wrong ID", m -> Replies.numbered(m, m.getHeader().getID() ^ 1)),
                fault("wrong name", m -> Replies.asking(m, "other.example.", Type.A, DClass.IN)),
                fault("wrong type", m -> Replies.asking(m, NAME, Type.AAAA, DClass.IN)),
                fault("wrong class", m -> Replies.asking(m, NAME, Type.A, DClass.CH)),
                fault("QR clear", m -> flagged(m, Flags.QR)),
                fault("wrong opcode", m -> {
                    m.getHeader().setOpcode(Opcode.NOTIFY);
                    return m;
                }));
    }

    private static Arguments fault(String name, UnaryOperator<Message> change) {
        return Arguments.of(name, change);
    }

    private static Message flagged(Message message, int cleared) {
        message.getHeader().unsetFlag(cleared);
        return message;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseReplies")
    @DisplayName("RFC 5452 section 9.1: a reply that does not match is passed over and the wait goes on")
    void falseReplyIsPassedOver(String name, UnaryOperator<Message> change) {
        UnaryOperator<Message> poison = m -> {
            m.removeAllRecords(org.xbill.DNS.Section.ANSWER);
            return change.apply(Replies.with(m, org.xbill.DNS.Section.ANSWER, "www.example. 300 A 203.0.113.66"));
        };
        upstream.udp(Replies.behind(List.of(poison, poison), TRUE_ANSWER));
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(TRUE_ANSWER);
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    @DisplayName("RFC 5452 section 9.1: a reply from another port is never heard")
    void replyFromElsewhereIsPassedOver() {
        upstream.udp((query, line) -> {
            for (int i = 0; i < 2 * UpstreamTransport.STRAY_LIMIT; i++) {
                line.sendFromElsewhere(
                        Replies.answer(query, "www.example. 300 A 203.0.113.66").toWire());
            }
            line.send(Replies.answer(query, TRUE_ANSWER).toWire());
        });
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(TRUE_ANSWER);
        assertThat(upstream.received()).hasSize(1);
    }

    static Stream<Arguments> junk() {
        return Stream.of(
                Arguments.of("one octet", (UnaryOperator<byte[]>) reply -> new byte[] {1}),
                Arguments.of("empty", (UnaryOperator<byte[]>) reply -> new byte[0]),
                Arguments.of("header only", (UnaryOperator<byte[]>) reply -> Arrays.copyOf(reply, 12)),
                Arguments.of("half", (UnaryOperator<byte[]>) reply -> Arrays.copyOf(reply, reply.length - 5)),
                Arguments.of("counts of 65535", (UnaryOperator<byte[]>) reply -> {
                    byte[] huge = reply.clone();
                    Arrays.fill(huge, 6, 12, (byte) 0xFF);
                    return huge;
                }),
                Arguments.of("a name that points at itself", (UnaryOperator<byte[]>) reply -> {
                    byte[] looped = reply.clone();
                    looped[12] = (byte) 0xC0;
                    looped[13] = 12;
                    return looped;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("junk")
    @DisplayName("CVE-2023-28452, TuDoor: junk does not end the wait")
    void junkDoesNotEndTheWait(String name, UnaryOperator<byte[]> spoil) {
        upstream.udp((query, line) -> {
            byte[] reply = Replies.answer(query, TRUE_ANSWER).toWire();
            line.sendRaw(spoil.apply(reply));
            line.sendRaw(spoil.apply(reply));
            line.send(reply);
        });
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(TRUE_ANSWER);
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    @DisplayName("CVE-2023-28452: after several stray datagrams the question moves to TCP")
    void manyStraysMoveTheQuestionToTcp() {
        upstream.udp((query, line) -> {
            for (int i = 0; i < UpstreamTransport.STRAY_LIMIT; i++) {
                line.sendRaw(new byte[] {1, 2, 3});
            }
        });
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(TRUE_ANSWER);
        assertThat(upstream.received()).extracting(ReceivedQuery::stream).containsExactly(false, true);
    }

    @Test
    @DisplayName(
            "CVE-2023-28452, TuDoor: a reply with our ID and question that cannot be read is asked for again over TCP")
    void unreadableReplyIsAskedForAgainOverTcp() {
        upstream.udp((query, line) -> {
            byte[] reply = Replies.answer(query, TRUE_ANSWER).toWire();
            line.send(Arrays.copyOf(reply, reply.length - 5));
        });
        try (Forwarder hurried = Forwarder.builder()
                .upstream(upstream.address())
                .tryTimeout(Duration.ofSeconds(4))
                .ticker(new SlowTicker())
                .build()) {
            hurried.start();
            assertThat(hurried.resolve(Questions.a(NAME))).answers(TRUE_ANSWER);
        }
        assertThat(upstream.received()).extracting(ReceivedQuery::stream).containsExactly(false, true);
    }

    @Test
    @DisplayName(
            "CVE-2025-5994, Rebirthday: no EDNS option of a client goes upstream, so none can be part of an answer")
    void clientsOptionsStayHere() {
        Query subnet = Questions.a(NAME).withEdns(new Edns(true, 4096, false, List.of(new EdnsOption(8, new byte[8]))));
        assertThat(forwarder.resolve(subnet)).answers(TRUE_ANSWER);
        assertThat(upstream.received()).singleElement().satisfies(query -> {
            assertThat(query.message().getOPT().getOptions()).isEmpty();
            assertThat(query.message().getOPT().getPayloadSize()).isEqualTo(1232);
        });
    }

    @Test
    @DisplayName("CVE-2025-5994, Rebirthday: questions that differ in type, DO or CD share no answer")
    void differentQuestionsAreNotShared() {
        upstream.udp(Script.SILENCE);
        List<Resolution> resolutions = List.of(
                forwarder.resolve(Questions.a(NAME)),
                forwarder.resolve(Questions.a(NAME).withQtype(Type.AAAA)),
                forwarder.resolve(Questions.dnssec(Questions.a(NAME))),
                forwarder.resolve(Questions.checkingDisabled(Questions.a(NAME))));
        assertThat(resolutions).allMatch(each -> each instanceof Pending);
        assertThat(forwarder.inFlight()).isEqualTo(4);
        await().until(() -> upstream.received().size() == 4);
        assertThat(upstream.received().stream()
                        .map(query -> query.message().getHeader().getFlag(Flags.CD)))
                .containsOnlyOnce(true);
        assertThat(upstream.received().stream()
                        .map(query -> (query.message().getOPT().getFlags() & 0x8000) != 0))
                .containsOnlyOnce(true);
    }
}
