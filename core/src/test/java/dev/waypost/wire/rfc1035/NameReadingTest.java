package dev.waypost.wire.rfc1035;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class NameReadingTest {
    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN));

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x41, 0x7F, 0x80, 0xBF})
    @DisplayName("RFC 1035 section 4.1.4, RFC 6891 section 5: label types 01 and 10 are FORMERR")
    void labelTypesThatDoNotExistAreFormErr(int label) {
        byte[] qname = new byte[label + 2];
        qname[0] = (byte) label;

        assertFormErrWithoutQuestion(
                WireMessages.header().question(qname, Type.A, DClass.IN).bytes());
    }

    @Test
    @DisplayName("RFC 1035 section 2.3.4: a label longer than the message is FORMERR")
    void labelPastTheEndIsFormErr() {
        assertFormErrWithoutQuestion(WireMessages.header()
                .counts(1, 0, 0, 0)
                .hex("3F 61 62 63 00 0001 0001")
                .bytes());
    }

    @Test
    @DisplayName("RFC 1035 section 2.3.4: a name of 256 octets is FORMERR")
    void nameOver255OctetsIsFormErr() {
        assertFormErrWithoutQuestion(WireMessages.header()
                .question(name(63, 63, 63, 62), Type.A, DClass.IN)
                .bytes());
    }

    @Test
    @DisplayName("RFC 1035 section 2.3.4: a name of 255 octets is lawful")
    void nameOf255OctetsIsAnswered() {
        byte[] qname = name(63, 63, 63, 61);
        assertThat(qname).hasSize(255);

        assertAnswered(qname);
    }

    @Test
    @DisplayName("RFC 1035 section 2.3.4: 127 labels are lawful")
    void nameOf127LabelsIsAnswered() {
        int[] labels = new int[127];
        Arrays.fill(labels, 1);

        assertAnswered(name(labels));
    }

    @Test
    @DisplayName("RFC 1035 section 3.1: the root is a name")
    void rootIsAnswered() {
        assertAnswered(new byte[1]);
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.2: a question that is cut off is FORMERR")
    void questionCutAnywhereIsFormErr() {
        byte[] whole = WireMessages.query("www.example.", Type.A).bytes();
        for (int length = 12; length < whole.length; length++) {
            assertFormErrWithoutQuestion(Arrays.copyOf(whole, length));
        }
    }

    private void assertAnswered(byte[] qname) {
        Message reply = probe.udpMessage(
                WireMessages.header().question(qname, Type.A, DClass.IN).bytes());
        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(reply.getQuestion().getName().toWire()).isEqualTo(qname);
        assertThat(probe.asked().get(0).qname().toWire()).isEqualTo(qname);
    }

    private void assertFormErrWithoutQuestion(byte[] query) {
        Message reply = probe.udpMessage(query);
        assertThat(reply.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(reply.getQuestion()).isNull();
        assertThat(reply.numBytes()).isEqualTo(12);
        assertThat(probe.asked()).isEmpty();
    }

    /** A name of labels of the given lengths, and the root label. */
    private static byte[] name(int... labels) {
        byte[] octets = new byte[Arrays.stream(labels).sum() + labels.length + 1];
        Arrays.fill(octets, (byte) 'a');
        int at = 0;
        for (int label : labels) {
            octets[at] = (byte) label;
            at += label + 1;
        }
        octets[at] = 0;
        return octets;
    }
}
