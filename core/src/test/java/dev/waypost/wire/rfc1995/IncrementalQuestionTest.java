package dev.waypost.wire.rfc1995;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Response;
import dev.waypost.Serial;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.Zones;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("RFC 1995 section 3: the question of an incremental transfer")
class IncrementalQuestionTest {
    private static final int ANSWER = 1;
    private static final int AUTHORITY = 2;
    private static final byte[] POINTER_TO_QNAME = {(byte) 0xC0, 12};

    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.REFUSED));

    private static byte[] soa(int serial) {
        return WireMessages.header()
                .octets(POINTER_TO_QNAME)
                .octets(Zones.name("h.example.org").toWire())
                .u32(serial)
                .octets(new byte[16])
                .body();
    }

    private static WireMessages ixfr() {
        return WireMessages.query("example.org.", Type.IXFR);
    }

    @Test
    void soaInAuthorityTellsWhatTheClientHas() {
        probe.tcp(
                ixfr().record(AUTHORITY, POINTER_TO_QNAME, Type.SOA, 0, soa(-2)).bytes());
        assertThat(probe.asked().get(0).serial()).contains(new Serial(-2));
    }

    @Test
    void optBehindIsReadToo() {
        probe.tcp(ixfr().record(AUTHORITY, POINTER_TO_QNAME, Type.SOA, 0, soa(7))
                .opt(4096)
                .bytes());
        assertThat(probe.asked().get(0).serial()).contains(new Serial(7));
        assertThat(probe.asked().get(0).edns().present()).isTrue();
    }

    @Test
    void withoutSoaItIsFormerr() {
        assertThat(probe.tcpMessage(ixfr().bytes()).getRcode()).isEqualTo(Rcode.FORMERR);
        byte[] elsewhere =
                ixfr().record(ANSWER, POINTER_TO_QNAME, Type.SOA, 0, soa(7)).bytes();
        assertThat(probe.tcpMessage(elsewhere).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    void soaTooShortToHoldASerialIsFormerr() {
        byte[] cut = ixfr().record(AUTHORITY, POINTER_TO_QNAME, Type.SOA, 0, new byte[20])
                .bytes();
        assertThat(probe.tcpMessage(cut).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void soaThatEndsBehindTheMessageIsFormerr() {
        byte[] cut = ixfr().octets(POINTER_TO_QNAME)
                .u16(Type.SOA)
                .u16(1)
                .u32(0)
                .u16(60_000)
                .octets(new byte[30])
                .counts(1, 0, 1, 0)
                .bytes();
        assertThat(probe.tcpMessage(cut).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void soaOfAnotherQuestionIsNotListenedTo() {
        probe.tcp(WireMessages.query("example.org.", Type.SOA)
                .record(AUTHORITY, POINTER_TO_QNAME, Type.SOA, 0, soa(7))
                .bytes());
        assertThat(probe.asked().get(0).serial()).isEmpty();
    }
}
