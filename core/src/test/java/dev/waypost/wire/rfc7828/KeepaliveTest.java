package dev.waypost.wire.rfc7828;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

class KeepaliveTest {
    private static final int KEEPALIVE = 11;

    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN));

    private static byte[] asking() {
        return WireMessages.query("www.example.", Type.A)
                .opt(1232, 0, 0, WireMessages.option(KEEPALIVE, ""))
                .bytes();
    }

    private static Optional<TcpKeepaliveOption> told(Message reply) {
        return reply.getOPT().getOptions(EDNSOption.Code.TCP_KEEPALIVE).stream()
                .map(TcpKeepaliveOption.class::cast)
                .findFirst();
    }

    @Test
    @DisplayName("RFC 7828 section 3.3.2: a client that asks on a stream is told for how long it may stand idle")
    void theIdleTimeoutIsToldOnStreams() {
        for (Message reply : new Message[] {probe.tcpMessage(asking()), probe.tlsMessage(asking())}) {
            assertThat(told(reply).orElseThrow().getTimeoutDuration())
                    .as("units of 100 milliseconds")
                    .contains(Duration.ofMillis(12_300));
        }
    }

    @Test
    @DisplayName("RFC 7828 section 3.2.1: over UDP the option is ignored")
    void overUdpTheOptionIsIgnored() {
        Message reply = probe.udpMessage(asking());

        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(reply.getOPT().getOptions()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7828 section 3.3.2: who does not ask is not told")
    void whoDoesNotAskIsNotTold() {
        byte[] silent = WireMessages.query("www.example.", Type.A).opt(1232).bytes();

        assertThat(told(probe.tcpMessage(silent))).isEmpty();
        assertThat(probe.tcpMessage(WireMessages.query("www.example.", Type.A).bytes())
                        .getOPT())
                .isNull();
    }

    @Test
    @DisplayName("RFC 7828 section 3.1: a timeout that a client sends counts for nothing and is not echoed")
    void theClientsTimeoutIsNotEchoed() {
        byte[] query = WireMessages.query("www.example.", Type.A)
                .opt(1232, 0, 0, WireMessages.option(KEEPALIVE, "zz"))
                .bytes();

        OptionalInt timeout = told(probe.tcpMessage(query)).orElseThrow().getTimeout();

        assertThat(timeout).hasValue(123);
    }
}
