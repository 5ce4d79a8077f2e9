package dev.waypost.wire.rfc8906;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The probes of RFC 8906 section 8, as genreport sends them. */
class ProbesTest {
    private static final RecordSet SOA = RecordSet.ofRdata(
            Name.fromConstantString("example."),
            Type.SOA,
            3600,
            List.of(WireMessages.header()
                    .octets(Name.fromConstantString("ns.example.").toWire())
                    .octets(Name.fromConstantString("root.example.").toWire())
                    .octets(new byte[20])
                    .body()));

    private final WireProbe probe = WireProbe.over(query -> Response.answer(Freshness.never(), SOA));

    private static WireMessages query() {
        return WireMessages.query("example.", Type.SOA).flags(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 15})
    @DisplayName("RFC 8906 sections 3.1.4 and 8.1.4: other opcodes are NOTIMP, never silence")
    void otherOpcodesAreNotImplemented(int opcode) {
        Message bare =
                probe.udpMessage(WireMessages.header().flags(0).opcode(opcode).bytes());
        assertThat(bare.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(bare.getHeader().getOpcode()).isEqualTo(opcode);
        assertThat(bare.numBytes()).isEqualTo(12);

        Message asked = probe.udpMessage(query().opcode(opcode).opt(1232).bytes());
        assertThat(asked.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(asked.getOPT()).isNotNull();
        assertThat(asked.getSection(1)).isEmpty();
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("RFC 8906 section 3.1.4: an opcode we do not know may mean its sections otherwise; still NOTIMP")
    void unknownOpcodeWithUnreadableBodyIsNotImplemented() {
        byte[] message = WireMessages.header()
                .opcode(6)
                .counts(3, 9, 0, 0)
                .hex("FFFFFFFF")
                .bytes();

        assertThat(probe.tcpMessage(message).getRcode()).isEqualTo(Rcode.NOTIMP);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                WireMessages.Z,
                WireMessages.AD,
                WireMessages.CD,
                WireMessages.TC | WireMessages.AA | WireMessages.RA
            })
    @DisplayName("RFC 8906 section 8.1.3: unused header bits change nothing and come back clear")
    void unusedFlagsChangeNothing(int flag) {
        byte[] reply = probe.udp(query().flags(flag).bytes());

        Message message = WireProbe.parsed(reply);
        assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(message.getSection(1)).hasSize(1);
        int expected = WireMessages.QR | WireMessages.AA | flag & WireMessages.CD;
        assertThat((reply[2] & 0xFF) << 8 | reply[3] & 0xFF).isEqualTo(expected);
    }

    @Test
    @DisplayName("RFC 8906 section 8.2: EDNS version, option and flag probes")
    void ednsProbes() {
        byte[] option = WireMessages.option(100, "");

        Message plain = probe.udpMessage(query().opt(4096).bytes());
        assertThat(plain.getSection(1)).hasSize(1);
        assertThat(plain.getOPT().getVersion()).isZero();

        Message version = probe.udpMessage(query().opt(4096, 1, 0, option).bytes());
        assertThat(version.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(version.getSection(1)).isEmpty();
        assertThat(version.getOPT().getOptions(100)).isEmpty();

        Message flags = probe.udpMessage(query().opt(4096, 0, 0x80, option).bytes());
        assertThat(flags.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(flags.getSection(1)).hasSize(1);
        assertThat(flags.getOPT().getFlags()).isZero();
        assertThat(flags.getOPT().getOptions(100)).isEmpty();
    }
}
