package dev.waypost.wire.rfc6895;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class TypesAndClassesTest {
    private static final byte[] WWW = Name.fromConstantString("www.example.").toWire();

    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN));

    @ParameterizedTest
    @CsvSource({
        "0, FORMERR",
        "41, FORMERR",
        "250, FORMERR",
        "128, FORMERR",
        "249, NOTIMP",
        "253, NOTIMP",
        "254, NOTIMP",
    })
    @DisplayName("RFC 6895 section 3.1: types that are no question")
    void typesThatAreNoQuestion(int qtype, String rcode) {
        byte[] query = WireMessages.query("www.example.", qtype).bytes();

        Message reply = probe.udpMessage(query);

        assertThat(Rcode.string(reply.getRcode())).isEqualTo(rcode);
        assertThat(reply.numBytes()).isEqualTo(query.length);
        assertThat(probe.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 28, 64, 65, 65, 97, 127, 129, 248, 252, 255, 256, 32768, 65280, 65535})
    @DisplayName("RFC 6895 section 3.1, RFC 3597 section 3: every other type is asked for, known or not")
    void otherTypesReachTheResolver(int qtype) {
        Message reply =
                probe.udpMessage(WireMessages.query("www.example.", qtype).bytes());

        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(probe.asked().get(0).qtype()).isEqualTo(qtype);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 254, 255, 256, 65535})
    @DisplayName("RFC 6895 section 3.2, CVE-2026-5946: classes that nobody serves are REFUSED")
    void otherClassesAreRefused(int qclass) {
        Message reply = probe.udpMessage(
                WireMessages.header().question(WWW, Type.A, qclass).bytes());

        assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(reply.getQuestion().getDClass()).isEqualTo(qclass);
        assertThat(probe.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {DClass.IN, DClass.CH})
    @DisplayName("RFC 6895 section 3.2, RFC 4892 section 3: IN and CH reach the resolver with their class")
    void inAndChReachTheResolver(int qclass) {
        probe.udp(WireMessages.header().question(WWW, Type.TXT, qclass).bytes());

        assertThat(probe.asked().get(0).qclass()).isEqualTo(qclass);
    }
}
