package dev.waypost.socket.transfer;

import static dev.waypost.socket.transfer.ScriptedPrimary.lying;
import static dev.waypost.socket.transfer.ScriptedPrimary.record;
import static dev.waypost.socket.transfer.ScriptedPrimary.reply;
import static dev.waypost.socket.transfer.ScriptedPrimary.soa;
import static dev.waypost.socket.transfer.ScriptedPrimary.www;
import static dev.waypost.socket.transfer.ScriptedPrimary.zone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.socket.transfer.ScriptedPrimary.Line;
import dev.waypost.socket.transfer.ScriptedPrimary.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever a primary says, the copy stays as it was, the next look comes, and memory and time are bounded. */
class HostilePrimaryTest {
    private static final String OLD = "192.0.2.1";
    private static final String NEW = "192.0.2.2";

    private static final TransferLimits TIGHT =
            new TransferLimits(200_000, 2_000, Duration.ofMillis(400), Duration.ofSeconds(2));

    private static Arguments row(String name, Script script) {
        return Arguments.of(name, script);
    }

    private static Arguments transfer(String name, Script script) {
        return row(name, lying(soa(2), script));
    }

    private static Arguments saying(String name, Record... records) {
        return transfer(name, (question, line) -> line.send(reply(question, records)));
    }

    /** Of an empty copy nothing is behind. */
    static Stream<Arguments> primariesOfAnEmptyCopy() {
        return primaries()
                .filter(row -> !row.get()[0].toString().contains("serial going back")
                        && !row.get()[0].toString().contains("older by zone"));
    }

    static Stream<Arguments> primaries() {
        return Stream.of(answersOfOneMessage(), answersThatEndBadly(), answersToOtherQuestions(), answersWithoutEnd())
                .flatMap(List::stream);
    }

    private static List<Arguments> answersOfOneMessage() {
        Record other =
                Record.newRecord(Name.fromConstantString("www.example.net."), Type.A, DClass.IN, 60, new byte[4]);
        return List.of(
                saying("no SOA first", www(NEW), soa(2)),
                saying("the SOA of another zone", record("example.net.", Type.SOA, "a b 2 1 1 1 1"), www(NEW), soa(2)),
                saying("a record of another zone", soa(2), other, soa(2)),
                saying("a record of another class", soa(2), chaos(), soa(2)),
                saying("an alias beside other data", soa(2), www(NEW), record("www", Type.CNAME, "ns"), soa(2)),
                saying("a SOA below the apex", soa(2), record("sub", Type.SOA, "a b 2 1 1 1 1"), soa(2)),
                saying("another SOA at the end", soa(2), www(NEW), soa(3)),
                saying("more behind the end", soa(2), www(NEW), soa(2), www("192.0.2.3")),
                saying("no record at all"),
                row("serial going back", zone(soa(0, 0, 0, 3600), NEW)),
                row(
                        "newer by SOA, older by zone",
                        lying(soa(2), (question, line) -> line.send(reply(question, soa(0), www(NEW), soa(0))))),
                row("no SOA to the question for it", (question, line) -> line.send(reply(question, www(NEW)))),
                row("refused", (question, line) -> {
                    Message refused = reply(question);
                    refused.getHeader().setRcode(Rcode.REFUSED);
                    line.send(refused);
                }));
    }

    private static Record chaos() {
        return Record.newRecord(Name.fromConstantString("www.example.org."), Type.A, DClass.CH, 60, new byte[4]);
    }

    private static List<Arguments> answersThatEndBadly() {
        return List.of(
                row("closes at once", (question, line) -> line.close()),
                row("is silent", (question, line) -> {}),
                transfer("closes before the zone ends", (question, line) -> {
                    line.send(reply(question, soa(2), www(NEW)));
                    line.close();
                }),
                transfer(
                        "is silent before the zone ends",
                        (question, line) -> line.send(reply(question, soa(2), www(NEW)))),
                transfer("promises more than it sends, and closes", (question, line) -> {
                    line.octets((byte) 0xFF, (byte) 0xFF, (byte) 1);
                    line.close();
                }),
                transfer(
                        "promises more than it sends, and is silent",
                        (question, line) -> line.octets((byte) 0xFF, (byte) 0xFF, (byte) 1)),
                transfer("half a length", (question, line) -> line.octets((byte) 0)),
                transfer("an octet now and then", HostilePrimaryTest::trickle),
                transfer("an empty frame", (question, line) -> line.frame(new byte[0])),
                transfer("half a header", (question, line) -> line.frame(new byte[6])),
                transfer("counts that promise more than there is", (question, line) -> {
                    byte[] message = reply(question, soa(2), www(NEW)).toWire();
                    message[6] = (byte) 0xFF;
                    line.frame(message);
                }),
                transfer("noise", (question, line) -> {
                    byte[] noise = new byte[4_000];
                    new java.util.Random(question.getHeader().getID()).nextBytes(noise);
                    line.frame(noise);
                }));
    }

    private static void trickle(Message question, Line line) throws IOException {
        byte[] message = reply(question, soa(2), www(NEW), soa(2)).toWire();
        line.octets((byte) 0, (byte) message.length);
        for (byte octet : message) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            line.octets(octet);
        }
    }

    private static List<Arguments> answersToOtherQuestions() {
        return List.of(
                transfer("another ID", (question, line) -> {
                    Message reply = reply(question, soa(2), www(NEW), soa(2));
                    reply.getHeader().setID(question.getHeader().getID() ^ 1);
                    line.send(reply);
                }),
                transfer("a question instead of an answer", (question, line) -> {
                    Message reply = reply(question, soa(2), www(NEW), soa(2));
                    reply.getHeader().unsetFlag(Flags.QR);
                    line.send(reply);
                }),
                transfer("another opcode", (question, line) -> {
                    Message reply = reply(question, soa(2), www(NEW), soa(2));
                    reply.getHeader().setOpcode(Opcode.NOTIFY);
                    line.send(reply);
                }),
                transfer("the question for another zone", (question, line) -> {
                    Message reply = reply(question, soa(2), www(NEW), soa(2));
                    reply.removeAllRecords(Section.QUESTION);
                    reply.addRecord(
                            Record.newRecord(Name.fromConstantString("example.net."), Type.AXFR, DClass.IN),
                            Section.QUESTION);
                    line.send(reply);
                }),
                transfer("a cut answer", (question, line) -> {
                    Message reply = reply(question, soa(2), www(NEW), soa(2));
                    reply.getHeader().setFlag(Flags.TC);
                    line.send(reply);
                }),
                transfer("an error in the middle", (question, line) -> {
                    line.send(reply(question, soa(2), www(NEW)));
                    Message error = reply(question);
                    error.getHeader().setRcode(Rcode.SERVFAIL);
                    line.send(error);
                }));
    }

    private static List<Arguments> answersWithoutEnd() {
        return List.of(
                transfer("records without end", (question, line) -> {
                    line.send(reply(question, soa(2)));
                    for (int i = 0; i < 100_000; i++) {
                        line.send(reply(question, record("host" + i, Type.A, NEW)));
                    }
                }),
                transfer("octets without end", (question, line) -> {
                    line.send(reply(question, soa(2)));
                    for (int i = 0; i < 100_000; i++) {
                        Record large = Record.newRecord(
                                Name.fromConstantString("host" + i + ".example.org."),
                                65280,
                                DClass.IN,
                                60,
                                new byte[60_000]);
                        line.send(reply(question, large));
                    }
                }),
                transfer("the same record without end", (question, line) -> {
                    line.send(reply(question, soa(2)));
                    for (int i = 0; i < 100_000; i++) {
                        line.send(reply(question, www(NEW)));
                    }
                }),
                transfer("messages without records, without end", (question, line) -> {
                    line.send(reply(question, soa(2)));
                    for (int i = 0; i < 100_000; i++) {
                        line.send(reply(question));
                    }
                }),
                transfer("an RRset that fits into no message", (question, line) -> {
                    line.send(reply(question, soa(2)));
                    List<Record> many = new ArrayList<>();
                    for (int i = 0; i < 70; i++) {
                        many.add(Record.newRecord(
                                Name.fromConstantString("big.example.org."), 65280, DClass.IN, 60, filled(i)));
                    }
                    for (Record each : many) {
                        line.send(reply(question, each));
                    }
                    line.send(reply(question, soa(2)));
                }));
    }

    private static byte[] filled(int value) {
        byte[] octets = new byte[1_000];
        octets[0] = (byte) value;
        return octets;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("primaries")
    @DisplayName("RFC 5936 section 6: a zone is taken whole and right, or not at all")
    void leavesTheCopyAsItWas(String name, Script script) throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1, 0, 0, 3600), OLD));
                Copy copy = Copy.of(builder -> builder.limits(TIGHT), primary.address())) {
            copy.awaitSaying(OLD);
            long before = copy.failures();
            primary.say(script);
            await().until(() -> copy.failures() > before);
            assertThat(copy.said()).isEqualTo(OLD);

            primary.say(zone(soa(3), NEW)); // and the next look finds what is right
            copy.awaitSaying(NEW);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("primariesOfAnEmptyCopy")
    void givesAnEmptyCopyNothing(String name, Script script) throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(script);
                Copy copy = Copy.of(builder -> builder.limits(TIGHT), primary.address())) {
            copy.awaitFailures(1);
            assertThat(copy.said()).isEqualTo("SERVFAIL");
            primary.say(zone(soa(3), NEW));
            copy.awaitSaying(NEW);
        }
    }
}
