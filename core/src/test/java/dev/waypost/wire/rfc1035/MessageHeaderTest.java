package dev.waypost.wire.rfc1035;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class MessageHeaderTest {
    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 11})
    @DisplayName("RFC 1035 section 4.1.1: fewer than 12 octets are no message")
    void lessThanAHeaderIsMetWithSilence(int length) {
        assertThat(probe.udp(new byte[length])).isEmpty();
        assertThat(probe.tcp(new byte[length])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 12, 100})
    @DisplayName("CVE-2004-0789: a message with QR=1 is never answered, whatever its shape")
    void responseIsMetWithSilence(int junk) {
        byte[] response = WireMessages.query("www.example.", Type.A)
                .flags(WireMessages.QR)
                .octets(new byte[junk])
                .bytes();

        assertThat(probe.udp(response)).isEmpty();
        assertThat(probe.tcp(response)).isEmpty();
        assertThat(probe.udp(WireMessages.header().flags(0xFFFF).bytes())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "43981", "65535"})
    @DisplayName("RFC 1035 section 4.1.1: the ID is copied")
    void replyHasTheQuerysId(int id) {
        Message reply = probe.udpMessage(
                WireMessages.query("www.example.", Type.A).id(id).bytes());

        assertThat(reply.getHeader().getID()).isEqualTo(id);
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.1, RFC 4035 section 3.1.6: RD and CD are copied; AA, TC, RA, Z and AD are not")
    void onlyRdAndCdAreCopied() {
        Header all = probe.udpMessage(WireMessages.query("www.example.", Type.A)
                        .flags(WireMessages.AA
                                | WireMessages.TC
                                | WireMessages.RD
                                | WireMessages.RA
                                | WireMessages.Z
                                | WireMessages.AD
                                | WireMessages.CD)
                        .bytes())
                .getHeader();
        byte[] none =
                probe.udp(WireMessages.query("www.example.", Type.A).flags(0).bytes());

        assertThat(all.printFlags()).isEqualTo("qr rd cd ");
        assertThat(none[2] & 0x7F).isZero();
        assertThat(none[3]).isEqualTo((byte) Rcode.NXDOMAIN);
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.1: AA and RA are what the response says")
    void aaAndRaComeFromTheResponse() {
        WireProbe telling = WireProbe.over(
                query -> Response.failure(Rcode.NOERROR).withAuthoritative(true).withRecursionAvailable(true));

        Header header = telling.udpMessage(
                        WireMessages.query("www.example.", Type.A).flags(0).bytes())
                .getHeader();

        assertThat(header.getFlag(Flags.AA)).isTrue();
        assertThat(header.getFlag(Flags.RA)).isTrue();
        assertThat(header.getFlag(Flags.RD)).isFalse();
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.2: the question comes back octet for octet, its letter case too")
    void questionIsEchoed() {
        byte[] query = WireMessages.query("wWw.ExAmPlE.", Type.MX).bytes();

        byte[] reply = probe.udp(query);

        assertThat(reply).hasSameSizeAs(query);
        assertThat(reply).endsWith(Arrays.copyOfRange(query, 12, query.length));
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.1: the resolver is told RD and CD")
    void queryCarriesItsFlags() {
        probe.udp(WireMessages.query("www.example.", Type.A)
                .flags(WireMessages.CD)
                .bytes());

        assertThat(probe.asked().get(0).recursionDesired()).isFalse();
        assertThat(probe.asked().get(0).checkingDisabled()).isTrue();
    }

    @Test
    @DisplayName("RFC 1035 section 4.1: octets behind the message are passed over")
    void trailingOctetsAreTolerated() {
        Message reply = probe.udpMessage(
                WireMessages.query("www.example.", Type.A).octets(new byte[40]).bytes());

        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }
}
