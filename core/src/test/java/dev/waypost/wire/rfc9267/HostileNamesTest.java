package dev.waypost.wire.rfc9267;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Counts and pointers of a message that means harm. */
class HostileNamesTest {
    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN));

    @ParameterizedTest
    @CsvSource({
        "C00C, to itself",
        "C000, to the header's first octet",
        "C00B, to the header's last octet",
        "C00E, forward",
        "FFFF, past the end",
        "0161 C00C, to the label before it: a loop",
    })
    @DisplayName("RFC 9267 section 2: a pointer in QNAME has nothing before it to lead to")
    void pointerInQnameIsFormErr(String qname, String why) {
        byte[] query = WireMessages.header()
                .counts(1, 0, 0, 0)
                .hex(qname)
                .u16(Type.A)
                .u16(DClass.IN)
                .bytes();

        assertThat(probe.udpMessage(query).getRcode()).as(why).isEqualTo(Rcode.FORMERR);
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("RFC 9267 section 2: pointers that lead strictly backward are followed")
    void backwardPointersInRecordsAreLawful() {
        byte[] query = WireMessages.query("www.example.", Type.A)
                .record(1, new byte[] {(byte) 0xC0, 12}, Type.A, 0, new byte[4])
                .bytes();

        assertThat(probe.udpMessage(query).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    @DisplayName("RFC 9267 section 2: two pointers to each other are FORMERR")
    void pointerLoopInRecordsIsFormErr() {
        // The first owner leads forward to the second, which leads back to it.
        byte[] query = WireMessages.query("a.", Type.A)
                .record(1, new byte[] {(byte) 0xC0, 31}, Type.A, 0, new byte[0])
                .record(1, new byte[] {(byte) 0xC0, 19}, Type.A, 0, new byte[0])
                .bytes();

        assertThat(probe.udpMessage(query).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @ParameterizedTest
    @CsvSource({"59, NXDOMAIN", "60, FORMERR", "63, FORMERR"}) // 3 + 3 * 64 + 1 + 59 = 255
    @DisplayName("RFC 9267 section 2: a name that grows past 255 octets by pointers is FORMERR")
    void nameTooLongByPointersIsFormErr(int lastLabel, String rcode) {
        WireMessages query = WireMessages.query("a.", Type.A);
        int previous = 12;
        int next = 19;
        for (int label : new int[] {63, 63, 63, lastLabel}) { // each owner is a label and the owner before it
            byte[] owner = WireMessages.header()
                    .octets((byte) label)
                    .octets(new byte[label])
                    .u16(0xC000 | previous)
                    .body();
            query.record(1, owner, Type.A, 0, new byte[0]);
            previous = next;
            next += owner.length + 10;
        }

        assertThat(Rcode.string(probe.udpMessage(query.bytes()).getRcode())).isEqualTo(rcode);
    }

    @Test
    @DisplayName("CVE-2026-96405: the work for chained pointers is bounded by the message, not by the name")
    void manyPointersInOneMessageAreFormErr() {
        WireMessages query = WireMessages.query("www.example.", Type.A);
        for (int i = 0; i < 4000; i++) {
            query.record(1, new byte[] {(byte) 0xC0, 12}, Type.A, 0, new byte[4]);
        }

        assertThat(probe.tcpMessage(query.bytes()).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(probe.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,1,0,0", "1,0,1,0", "1,0,0,1", "1,65535,0,0", "1,0,65535,0", "1,0,0,65535", "1,65535,65535,65535"})
    @DisplayName("RFC 9267 section 5: counts that promise more than there is are FORMERR, the question kept")
    void countsPromiseMoreThanThereIs(int questions, int answers, int authorities, int additionals) {
        byte[] query = WireMessages.query("www.example.", Type.A)
                .counts(questions, answers, authorities, additionals)
                .bytes();

        Message reply = probe.udpMessage(query);

        assertThat(reply.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(reply.getQuestion().getName()).hasToString("www.example.");
        assertThat(reply.numBytes()).isEqualTo(query.length);
    }

    @Test
    @DisplayName("RFC 9267 section 4: RDLENGTH past the end is FORMERR")
    void rdlengthPastTheEndIsFormErr() {
        byte[] query = WireMessages.query("www.example.", Type.A)
                .counts(1, 1, 0, 0)
                .hex("C00C 0001 0001 00000000 0005 C0000201")
                .bytes();

        assertThat(probe.udpMessage(query).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    @DisplayName(
            "RFC 2181 section 5.4.1: records in ANSWER and AUTHORITY of a query are passed over and never believed")
    void recordsOfAQueryAreIgnored() {
        byte[] query = WireMessages.query("www.example.", Type.A)
                .record(1, new byte[] {(byte) 0xC0, 12}, Type.A, 60, new byte[] {(byte) 192, 0, 2, 66})
                .record(2, new byte[] {(byte) 0xC0, 16}, Type.NS, 60, new byte[] {(byte) 0xC0, 12})
                .opt(1232)
                .bytes();

        Message reply = probe.udpMessage(query);

        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(reply.getSection(1)).isEmpty();
        assertThat(reply.getSection(2)).isEmpty();
        assertThat(reply.getOPT()).isNotNull();
    }
}
