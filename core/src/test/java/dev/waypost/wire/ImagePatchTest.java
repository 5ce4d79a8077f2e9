package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import dev.waypost.zone.Witness;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a replay changes in an image, the question aside: TTLs and the order of addresses. */
class ImagePatchTest {
    private static final RecordSet ONE = WireRecords.addresses("www.example.", 1);

    private static WireMessages query() {
        return WireMessages.query("www.example.", Type.A);
    }

    private static WireProbe always(Response response) {
        return WireProbe.imaging(64, query -> response);
    }

    @Test
    void ttlsOfATimedAnswerCountDownByWholeSeconds() {
        FreshUntil fresh = new FreshUntil();
        RecordSet alias = WireRecords.set("www.example.", Type.CNAME, 5, "host.example.");
        RecordSet soa = WireRecords.set("example.", Type.SOA, 60, "ns.example. root.example. 1 2 3 4 5");
        WireProbe probe = WireProbe.imaging(
                64,
                query -> Response.answer(fresh.freshness, alias, WireRecords.addresses("host.example.", 3))
                        .withAuthority(List.of(soa)));
        fresh.freshness = Freshness.until(
                probe.ticker().nanoTime() + Duration.ofSeconds(10).toNanos());
        byte[] query = query().opt(1232).bytes();
        assertThat(ttls(probe.udpMessage(query))).containsExactly(5L, 30L, 30L, 30L, 60L);

        probe.ticker().advance(Duration.ofMillis(2999));
        assertThat(ttls(probe.udpMessage(query))).containsExactly(3L, 28L, 28L, 28L, 58L);
        probe.ticker().advance(Duration.ofMillis(6000));
        Message last = probe.udpMessage(query);
        assertThat(ttls(last)).containsExactly(0L, 22L, 22L, 22L, 52L);
        int aliasTtl = 12 + 17 + 2 + 4;
        assertThat(ByteBuffer.wrap(probe.udp(query)).getInt(aliasTtl))
                .as("never below 0, which dnsjava would read as 0 too: RFC 2181 section 8")
                .isZero();
        assertThat(last.getOPT().getFlags())
                .as("the TTL field of OPT is no TTL")
                .isZero();
        assertThat(probe.asked()).hasSize(1);

        probe.ticker().advance(Duration.ofMillis(1001));
        probe.udp(query);
        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    void ttlsOfAnAnswerFromMemoryStandStill() {
        WireProbe probe = always(Response.answer(new Witness(), ONE));
        probe.udp(query().bytes());
        probe.ticker().advance(Duration.ofDays(400));

        assertThat(ttls(probe.udpMessage(query().bytes()))).containsExactly(30L);
        assertThat(probe.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void replaysOfARotatableAnswerBeginAtAnyAddress(int count) {
        RecordSet alias = WireRecords.set("www.example.", Type.CNAME, 30, "host.example.");
        RecordSet addresses = WireRecords.addresses("host.example.", count);
        WireProbe probe = always(Response.answer(Freshness.always(), alias, addresses)
                .withAdditional(List.of(WireRecords.addresses("other.example.", 2)))
                .withRotatable(true));

        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            List<Record> answer = probe.udpMessage(query().opt(1232).bytes()).getSection(Section.ANSWER);
            assertThat(answer.get(0).getType()).isEqualTo(Type.CNAME);
            assertThat(RecordSet.of(answer.subList(1, answer.size()))).isEqualTo(addresses);
            firsts.add(answer.get(1).rdataToString());
            assertInCyclicOrder(answer.subList(1, answer.size()));
        }

        assertThat(firsts).hasSize(count); // a miss of one of 16 in 400 draws: 16 * (15/16)^400 < 10^-9
        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void renderedAnswersRotateToo() {
        for (int type : new int[] {Type.A, Type.AAAA, Type.MX, Type.TXT}) {
            RecordSet set = switch (type) {
                case Type.A -> WireRecords.addresses("www.example.", 2);
                case Type.AAAA -> WireRecords.set("www.example.", type, 30, "2001:db8::1", "2001:db8::2");
                case Type.MX -> WireRecords.set("www.example.", type, 30, "1 a.example.", "1 b.example.");
                default -> WireRecords.texts("www.example.", 2);
            };
            WireProbe probe = WireProbe.over(
                    query -> Response.answer(Freshness.always(), set).withRotatable(true));
            Set<String> firsts = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                Message reply = probe.tcpMessage(
                        WireMessages.query("www.example.", type).bytes());
                firsts.add(reply.getSection(Section.ANSWER).get(0).rdataToString());
            }
            assertThat(firsts).as(Type.string(type)).hasSize(type == Type.TXT ? 1 : 2);
        }
    }

    @Test
    void answersThatAreNotRotatableKeepTheirOrder() {
        WireProbe probe = always(Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 8)));
        byte[] first = probe.udp(query().bytes());
        for (int i = 0; i < 50; i++) {
            assertThat(probe.udp(query().bytes())).isEqualTo(first);
        }
    }

    private static List<Long> ttls(Message reply) {
        return java.util.stream.IntStream.of(Section.ANSWER, Section.AUTHORITY)
                .mapToObj(reply::getSection)
                .flatMap(List::stream)
                .map(Record::getTTL)
                .toList();
    }

    private static void assertInCyclicOrder(List<Record> answer) {
        int breaks = 0;
        for (int i = 1; i < answer.size(); i++) {
            breaks += answer.get(i - 1).compareTo(answer.get(i)) > 0 ? 1 : 0;
        }
        assertThat(breaks).isLessThanOrEqualTo(1);
    }

    private static final class FreshUntil {
        Freshness freshness = Freshness.never();
    }
}
