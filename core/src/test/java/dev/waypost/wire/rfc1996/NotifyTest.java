package dev.waypost.wire.rfc1996;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.Serial;
import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.Signing;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.Zones;
import dev.waypost.tsig.TsigKeys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class NotifyTest {
    private static final byte[] POINTER_TO_QNAME = {(byte) 0xC0, 12};

    private final List<Query> heard = new ArrayList<>();
    private final List<Exchange> told = new ArrayList<>();
    private final DnsEngine engine = DnsEngine.builder()
            .zone(Zones.zone("example.org", "www A 192.0.2.1"))
            .zone(Zones.zone("example.net", "www A 192.0.2.1"))
            .keys(TsigKeys.of(Signing.KEY))
            .notified(next ->
                    query -> query.qname().equals(Zones.name("example.org")) ? hear(query) : next.resolve(query))
            .observer(told::add)
            .build()
            .start();
    private final WireProbe probe = WireProbe.at(engine.wire(ListenPoint.dns(53)));

    private Response hear(Query query) {
        heard.add(query);
        return Response.answer(Freshness.never());
    }

    private static WireMessages notify(String zone) {
        return WireMessages.query(zone, Type.SOA).flags(WireMessages.AA).opcode(Opcode.NOTIFY);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    @DisplayName("RFC 1996 sections 3.7 and 4.7: who listens hears the zone and the serial, and the reply is a NOTIFY")
    void listenerHearsZoneAndSerial() {
        byte[] soa = WireMessages.header()
                .octets(POINTER_TO_QNAME)
                .octets(POINTER_TO_QNAME)
                .u32(2024)
                .octets(new byte[16])
                .body();
        byte[] message = notify("example.org.")
                .record(1, POINTER_TO_QNAME, Type.SOA, 0, soa)
                .bytes();

        Message reply = probe.udpMessage(message);

        assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(reply.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(reply.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(reply.getSection(Section.ANSWER)).isEmpty();
        assertThat(heard).singleElement().satisfies(query -> {
            assertThat(query.qname()).isEqualTo(Zones.name("example.org"));
            assertThat(query.serial()).contains(new Serial(2024));
        });
        assertThat(told.get(0).opcode()).isEqualTo(Opcode.NOTIFY);
    }

    @Test
    @DisplayName("RFC 1996 section 3.7: a NOTIFY may come without a SOA")
    void soaIsOnlyAHint() {
        assertThat(probe.udpMessage(notify("example.org.").bytes()).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(heard.get(0).serial()).isEmpty();
    }

    @Test
    @DisplayName(
            "RFC 1996 section 3.10, RFC 8906 section 3.1.4: where nobody listens a NOTIFY is NOTIMP, and never a question")
    void withoutAListenerItIsNotImplemented() {
        for (String zone : List.of("example.net.", "example.com.")) {
            Message reply = probe.udpMessage(notify(zone).bytes());
            assertThat(reply.getRcode()).isEqualTo(Rcode.NOTIMP);
            assertThat(reply.getSection(Section.ANSWER)).isEmpty();
        }
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Type.A, Type.AXFR, Type.ANY, Type.NS})
    void otherTypesThanSoaAreNotImplemented(int qtype) {
        byte[] message =
                WireMessages.query("example.org.", qtype).opcode(Opcode.NOTIFY).bytes();
        assertThat(probe.udpMessage(message).getRcode()).isEqualTo(Rcode.NOTIMP);
        byte[] chaos = WireMessages.header()
                .opcode(Opcode.NOTIFY)
                .question(Zones.name("example.org").toWire(), Type.SOA, DClass.CH)
                .bytes();
        assertThat(probe.udpMessage(chaos).getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(heard).isEmpty();
    }

    @Test
    void brokenOnesAreNotListenedTo() {
        assertThat(probe.udpMessage(notify("example.org.").counts(1, 3, 0, 0).bytes())
                        .getRcode())
                .isEqualTo(Rcode.NOTIMP);
        assertThat(probe.udpMessage(notify("example.org.").counts(2, 0, 0, 0).bytes())
                        .getRcode())
                .isEqualTo(Rcode.NOTIMP);
        assertThat(heard).isEmpty();
    }

    @Test
    void listenerHearsWhoSigned() {
        Message unsigned = Message.newQuery(Record.newRecord(Zones.name("example.org"), Type.SOA, DClass.IN));
        unsigned.getHeader().setOpcode(Opcode.NOTIFY);
        Signing notify = Signing.of(Signing.asking("example.org.", Type.SOA).tsig(), unsigned);

        Message reply = notify.verified(probe.tcp(notify.bytes()));

        assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(heard.get(0).client().key()).contains(Name.fromConstantString("transfer.key.example."));
    }

    @Test
    void imageOfAQuestionIsNoReplyToANotify() {
        byte[] question = WireMessages.query("example.org.", Type.SOA).flags(0).bytes();
        probe.udp(question);
        probe.udp(question);
        assertThat(probe.udpMessage(notify("example.org.")
                                .flags(0)
                                .opcode(Opcode.NOTIFY)
                                .bytes())
                        .getSection(Section.ANSWER))
                .isEmpty();
        assertThat(heard).hasSize(1);
    }
}
