package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.layer.ServerIdentity;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireRecords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Directives that shape replies: {@code any}, {@code bufsize}, {@code chaos}, {@code header}, {@code local}, ... */
class ReplyDirectivesTest {
    private static final String CLIENT = "192.0.2.1";
    private static final Response ADDRESSES =
            Response.answer(Freshness.always(), WireRecords.addresses("www.example.org.", 60));

    private final AtomicInteger forwarded = new AtomicInteger();

    private ServedCorefile serving(String directives, Response response) {
        return ServedCorefile.of(". {\n" + directives + "\n forward\n}", query -> {
            forwarded.incrementAndGet();
            return response;
        });
    }

    private static WireMessages asking() {
        return WireMessages.query("www.example.org.", Type.A);
    }

    @Test
    void anyIsAnsweredByItself() {
        try (ServedCorefile server = serving("any", ADDRESSES)) {
            assertThat(server.answer(CLIENT, "www.example.org.", "ANY"))
                    .isEqualTo("NOERROR | www.example.org. 8482 HINFO \"ANY obsoleted\" \"See RFC 8482\"");
            assertThat(forwarded).hasValue(0);
            assertThat(server.answer(CLIENT, "www.example.org.", "A")).startsWith("NOERROR");
            assertThat(forwarded).hasValue(1);
        }
    }

    @Test
    void minimalLeavesTheAnswerOnly() {
        Response full = Response.answer(Freshness.always(), WireRecords.addresses("www.example.org.", 1))
                .withAuthority(List.of(WireRecords.set("example.org.", Type.NS, 300, "ns.example.org.")));
        try (ServedCorefile server = serving("minimal", full)) {
            Message reply = server.message(CLIENT, asking().bytes());
            assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
            assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
        }
    }

    @Test
    void bufsizeBoundsDatagramsAndNotStreams() {
        try (ServedCorefile server = serving("bufsize 700", ADDRESSES)) {
            for (int i = 0; i < 2; i++) { // once rendered, once from an image
                assertThat(server.octets(CLIENT, asking().opt(4096).bytes())).hasSizeBetween(1, 700);
                assertThat(server.octets(CLIENT, asking().opt(600).bytes())).hasSizeBetween(1, 600);
                assertThat(server.octets(CLIENT, asking().bytes())).hasSizeBetween(1, 512);
                assertThat(server.probe().tcp(asking().opt(4096).bytes())).hasSizeGreaterThan(700);
            }
        }
        try (ServedCorefile server = serving("bufsize", ADDRESSES)) {
            assertThat(server.octets(CLIENT, asking().opt(4096).bytes())).hasSizeBetween(701, 1232);
        }
    }

    private static List<String> identities(Message reply) {
        return reply.getOPT().getOptions(ServerIdentity.NSID).stream()
                .map(EDNSOption::toWire)
                .map(wire -> new String(wire, 4, wire.length - 4, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void nsidIsToldToThoseWhoAskAndIsNotReplayedToOthers() {
        byte[] asks = asking().opt(1232, 0, 0, WireMessages.option(ServerIdentity.NSID, ""))
                .bytes();
        byte[] plain = asking().opt(1232).bytes();
        try (ServedCorefile server = serving("nsid server one", ADDRESSES)) {
            for (int i = 0; i < 2; i++) {
                assertThat(identities(server.message(CLIENT, asks))).containsExactly("server one");
                assertThat(identities(server.message(CLIENT, plain))).isEmpty();
            }
        }
        try (ServedCorefile server = serving("nsid", ADDRESSES)) {
            assertThat(identities(server.message(CLIENT, asks))).containsExactly(HostName.own());
        }
    }

    @Test
    void headerChangesFlagsOfReplies() {
        String header = "header {\n response set ra\n clear aa\n response clear rd\n query clear rd\n}";
        try (ServedCorefile server = serving(header, ADDRESSES)) {
            for (int i = 0; i < 2; i++) {
                Message reply = server.message(CLIENT, asking().bytes());
                assertThat(reply.getHeader().getFlag(Flags.RA)).isTrue();
                assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
                assertThat(reply.getHeader().getFlag(Flags.RD)).isFalse();
            }
        }
    }

    private static String chaos(ServedCorefile server, String qname) {
        byte[] query = WireMessages.header()
                .question(Name.fromConstantString(qname).toWire(), Type.TXT, DClass.CH)
                .bytes();
        return server.message(CLIENT, query).getSection(Section.ANSWER).toString();
    }

    @Test
    void chaosTellsOfTheServer() {
        try (ServedCorefile server = serving("chaos \"mine 1.0\" Ada Grace", Response.failure(5))) {
            assertThat(chaos(server, "version.bind.")).contains("CH\tTXT\t\"mine 1.0\"");
            assertThat(chaos(server, "authors.bind.")).contains("Ada").contains("Grace");
            assertThat(chaos(server, "id.server.")).contains(HostName.own());
            assertThat(chaos(server, "www.example.org.")).isEqualTo("[]");
        }
        try (ServedCorefile server = serving("chaos", Response.failure(5))) {
            assertThat(chaos(server, "version.server.")).contains("Waypost");
        }
    }

    @Test
    void localAnswersForTheHostThatAsks() {
        try (ServedCorefile server = serving("local", ADDRESSES)) {
            for (int i = 0; i < 2; i++) {
                assertThat(server.answer(CLIENT, "localhost.", "A"))
                        .isEqualTo("NOERROR | localhost. 604800 A 127.0.0.1");
                assertThat(server.answer(CLIENT, "www.localhost.", "A"))
                        .startsWith("NOERROR | www.localhost. 604800 A");
                assertThat(server.answer(CLIENT, "localhost.example.org.", "AAAA"))
                        .contains("0:0:0:0:0:0:0:1");
                assertThat(server.answer(CLIENT, "2.0.0.127.in-addr.arpa.", "PTR"))
                        .isEqualTo("NXDOMAIN");
            }
            assertThat(forwarded).hasValue(0);
            assertThat(server.counters("coredns_local_"))
                    .isEqualTo(Map.of("coredns_local_localhost_requests_total{}", 4.0));
        }
    }

    @Test
    void localMayLeaveWhatSearchListsMakeOfLocalhost() {
        RecordSet address = WireRecords.set("localhost.example.org.", Type.A, 300, "192.0.2.7");
        Response response = Response.answer(Freshness.always(), address);
        try (ServedCorefile server = serving("local {\n localhost_prefix off\n}", response)) {
            assertThat(server.answer(CLIENT, "localhost.example.org.", "A"))
                    .isEqualTo("NOERROR | localhost.example.org. 300 A 192.0.2.7");
        }
    }

    @Test
    void optionsOfAClientAreNotEchoed() {
        byte[] query = asking().opt(1232, 0, 0, WireMessages.option(65001, "x")).bytes();
        try (ServedCorefile server = serving("nsid one\nbufsize", ADDRESSES)) {
            assertThat(server.message(CLIENT, query).getOPT().getOptions())
                    .extracting(EDNSOption::getCode)
                    .isEmpty();
        }
    }
}
