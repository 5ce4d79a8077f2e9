package dev.waypost.wire.rfc5936;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.Zones;
import dev.waypost.wire.ReplyStream;
import dev.waypost.zone.StaticZone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class TransferMessagesTest {
    private static final int MESSAGE_OCTETS = 16 * 1024;

    private final List<Exchange> told = new ArrayList<>();

    private static Response whole(StaticZone zone) {
        return Response.answer(Freshness.never(), zone.soa())
                .withZone(zone.transfer().orElseThrow().sets());
    }

    private static Response with(RecordSet set) {
        return Response.answer(Freshness.never(), Zones.zone("example.org").soa())
                .withZone(List.of(set));
    }

    private WireProbe probe(Response response) {
        return WireProbe.imaging(16, query -> response, told::add);
    }

    private static StaticZone large() {
        return Zones.zone(
                "example.org",
                IntStream.range(0, 3_000)
                        .mapToObj(i -> "host" + i + " A 198.51." + i / 256 + "." + i % 256)
                        .toArray(String[]::new));
    }

    private static byte[] axfr() {
        return WireMessages.query("example.org.", Type.AXFR).bytes();
    }

    private static List<Record> answers(List<Message> messages) {
        return messages.stream()
                .flatMap(message -> message.getSection(Section.ANSWER).stream())
                .collect(Collectors.toList());
    }

    @Test
    @DisplayName(
            "RFC 5936 section 2.2: a zone that needs it comes in several messages, SOA first and last, nothing lost")
    void largeZoneComesInSeveralMessages() {
        StaticZone zone = large();
        List<Message> messages = probe(whole(zone)).tcpMessages(axfr());

        List<Record> records = answers(messages);
        assertThat(messages).hasSizeGreaterThan(2);
        assertThat(records.get(0).getType()).isEqualTo(Type.SOA);
        assertThat(records.get(records.size() - 1)).isEqualTo(records.get(0));
        assertThat(records.subList(1, records.size() - 1))
                .doesNotContain(records.get(0))
                .containsExactlyInAnyOrderElementsOf(zone.recordSets().stream()
                        .filter(set -> set.type() != Type.SOA)
                        .flatMap(set -> set.records().stream())
                        .collect(Collectors.toList()));
    }

    @Test
    @DisplayName("RFC 5936 section 2.2.1: every message has the query's ID and question, AA, NOERROR and no TC")
    void everyMessageHasTheHeaderOfAnAnswer() {
        for (Message message : probe(whole(large())).tcpMessages(axfr())) {
            assertThat(message.getHeader().getID()).isEqualTo(0x1234);
            assertThat(message.getQuestion().getType()).isEqualTo(Type.AXFR);
            assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(message.getHeader().getFlag(Flags.QR)).isTrue();
            assertThat(message.getHeader().getFlag(Flags.AA)).isTrue();
            assertThat(message.getHeader().getFlag(Flags.TC)).isFalse();
            assertThat(message.getSection(Section.AUTHORITY)).isEmpty();
            assertThat(message.numBytes()).isLessThanOrEqualTo(MESSAGE_OCTETS);
        }
    }

    @Test
    @DisplayName("RFC 5936 section 2.2.5: messages have an OPT record if and only if the query had one")
    void messagesHaveOptIfTheQueryHad() {
        byte[] withOpt = WireMessages.query("example.org.", Type.AXFR).opt(1232).bytes();
        assertThat(probe(whole(large())).tcpMessages(withOpt))
                .allSatisfy(message -> assertThat(message.getOPT()).isNotNull());
        assertThat(probe(whole(large())).tcpMessages(axfr()))
                .allSatisfy(message -> assertThat(message.getOPT()).isNull());
    }

    @Test
    @DisplayName("RFC 5936 section 3.4: compression keeps the letter case of every name")
    void letterCaseOfEveryNameIsKept() {
        StaticZone zone = Zones.zone("example.org", "WwW A 192.0.2.1", "sub.WWW MX 10 wWw", "www.SUB CNAME WWW");
        byte[] loud = WireMessages.query("EXAMPLE.ORG.", Type.AXFR).bytes();

        Set<String> names = answers(probe(whole(zone)).tcpMessages(loud)).stream()
                .map(record -> record.getName() + " " + record.rdataToString())
                .collect(Collectors.toSet());

        assertThat(names)
                .contains(
                        "WwW.example.org. 192.0.2.1",
                        "sub.WWW.example.org. 10 wWw.example.org.",
                        "www.SUB.example.org. WWW.example.org.");
    }

    @Test
    @DisplayName("RFC 5936 section 2.2: records of one RRset may be in two messages")
    void largeRrsetIsSpreadOverMessages() {
        StaticZone zone = Zones.zone(
                "example.org",
                IntStream.range(0, 2_500)
                        .mapToObj(i -> "many A 198.51." + i / 256 + "." + i % 256)
                        .toArray(String[]::new));
        List<Message> messages = probe(whole(zone)).tcpMessages(axfr());
        assertThat(messages).hasSizeGreaterThan(1);
        assertThat(answers(messages)).hasSize(2_500 + 3);
    }

    @Test
    void recordLongerThanAMessageUsuallyIsGetsOneOfItsOwn() {
        RecordSet big = RecordSet.ofRdata(Zones.name("big.example.org"), 65280, 60, List.of(new byte[60_000]));
        List<Message> messages = probe(with(big)).tcpMessages(axfr());
        assertThat(messages).extracting(Message::numBytes).anyMatch(octets -> octets > 60_000);
        assertThat(answers(messages)).hasSize(3);
    }

    @Test
    void recordThatFitsNoMessageEndsTheReplyWithAFaultAndNotWithAHole() {
        RecordSet huge = RecordSet.ofRdata(Zones.name("huge.example.org"), 65280, 60, List.of(new byte[65_500]));
        WireProbe probe = probe(with(huge));
        probe.tcp(axfr());
        ReplyStream stream = probe.streams().get(0);
        byte[] space = new byte[65535];
        assertThat(stream.next(space)).isPositive();
        assertThatThrownBy(() -> stream.next(space))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("huge.example.org.");
    }

    @Test
    void zoneIsReadAndWrittenOnlyAsFarAsTheClientTakesIt() {
        AtomicInteger read = new AtomicInteger();
        List<RecordSet> sets = large().recordSets();
        Iterable<RecordSet> counted =
                () -> sets.stream().peek(set -> read.incrementAndGet()).iterator();
        WireProbe probe = probe(whole(large()).withZone(counted));
        assertThat(probe.tcp(axfr())).isSameAs(WireProbe.NOTHING);
        assertThat(told).isEmpty();
        byte[] space = new byte[65535];
        int first = probe.streams().get(0).next(space);
        assertThat(first).isBetween(1, MESSAGE_OCTETS);
        assertThat(read).hasValueLessThan(sets.size() / 2);
        assertThat(Arrays.copyOfRange(space, MESSAGE_OCTETS, space.length)).containsOnly(0);
        assertThat(told).isEmpty();
    }

    @Test
    void observersAreToldOnceOfAllMessages() {
        List<Message> messages = probe(whole(large())).tcpMessages(axfr());
        assertThat(told).singleElement().satisfies(exchange -> {
            assertThat(exchange.qtype()).isEqualTo(Type.AXFR);
            assertThat(exchange.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(exchange.answerRecords()).isEqualTo(3_003);
            assertThat(exchange.replySize())
                    .isEqualTo(messages.stream().mapToInt(Message::numBytes).sum());
            assertThat(exchange.replayed()).isFalse();
        });
    }

    @Test
    void transferIsNeverReplayedFromAnImage() {
        StaticZone small = Zones.zone("example.org", "www A 192.0.2.1");
        WireProbe probe = probe(whole(small).withFreshness(Freshness.always()));
        assertThat(probe.tcpMessages(axfr())).hasSize(1);
        assertThat(probe.tcpMessages(axfr())).hasSize(1);
        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    void datagramCarriesNoZone() {
        assertThat(probe(whole(large())).udpMessage(axfr()).getSection(Section.ANSWER))
                .hasSize(1);
    }

    @Test
    void failureIsOneMessage() {
        WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.REFUSED));
        assertThat(probe.tcpMessage(axfr()).getRcode()).isEqualTo(Rcode.REFUSED);
    }
}
