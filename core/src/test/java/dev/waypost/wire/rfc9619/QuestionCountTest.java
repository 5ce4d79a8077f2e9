package dev.waypost.wire.rfc9619;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class QuestionCountTest {
    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN));

    @Test
    @DisplayName("RFC 9619 section 4: QDCOUNT 0 is FORMERR, with OPT where the query had one")
    void noQuestionIsFormErr() {
        assertFormErr(probe.udpMessage(WireMessages.header().bytes()), false);
        assertFormErr(probe.udpMessage(WireMessages.header().opt(1232).bytes()), true);
    }

    @Test
    @DisplayName("RFC 9619 section 4: QDCOUNT above 1 is FORMERR")
    void twoQuestionsAreFormErr() {
        byte[] other = Name.fromConstantString("ftp.example.").toWire();
        WireMessages two = WireMessages.query("www.example.", Type.A).question(other, Type.A, DClass.IN);

        assertFormErr(probe.udpMessage(two.bytes()), false);
        assertFormErr(probe.udpMessage(two.opt(1232).bytes()), true);
    }

    @Test
    @DisplayName("RFC 9619 section 4: QDCOUNT 65535 with one question is FORMERR")
    void promisedQuestionsAreFormErr() {
        byte[] query = WireMessages.query("www.example.", Type.A)
                .counts(65535, 0, 0, 0)
                .bytes();

        assertFormErr(probe.udpMessage(query), false);
    }

    private void assertFormErr(Message reply, boolean withOpt) {
        assertThat(reply.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(reply.getHeader().getCount(0)).isZero();
        assertThat(reply.getOPT() != null).isEqualTo(withOpt);
        assertThat(probe.asked()).isEmpty();
    }
}
