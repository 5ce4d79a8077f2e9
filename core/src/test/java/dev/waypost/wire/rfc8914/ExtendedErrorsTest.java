package dev.waypost.wire.rfc8914;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ExtendedErrorsTest {
    private static final Response NOT_READY =
            Response.failure(Rcode.SERVFAIL, ExtendedError.NOT_READY, "list of services");

    private static WireMessages query() {
        return WireMessages.query("www.example.", Type.A);
    }

    @Test
    @DisplayName("RFC 8914 section 2: told in OPT, code and text")
    void errorsAreToldInOpt() {
        List<ExtendedErrorCodeOption> errors =
                errors(WireProbe.over(query -> NOT_READY.withExtendedError(new ExtendedError(3, "")))
                        .udpMessage(query().opt(1232).bytes()));

        assertThat(errors).extracting(ExtendedErrorCodeOption::getErrorCode).containsExactly(14, 3);
        assertThat(errors.get(0).getText()).isEqualTo("list of services");
    }

    @Test
    @DisplayName("RFC 8914 section 4.21: a name outside every zone is refused as not ours")
    void namesOfNobodyAreNotOurs() {
        WireProbe nobody = WireProbe.over(query -> Fallthrough.FALLTHROUGH);

        Message reply = nobody.udpMessage(query().opt(1232).bytes());

        assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(errors(reply))
                .extracting(ExtendedErrorCodeOption::getErrorCode)
                .containsExactly(20);
    }

    @Test
    @DisplayName("RFC 8914 section 4.22: an OPCODE, a class and a type that nobody serves are told as not supported")
    void whatNobodyServesIsNotSupported() {
        WireProbe probe = WireProbe.over(query -> NOT_READY);
        byte[] www = Name.fromConstantString("www.example.").toWire();
        List<byte[]> unserved = List.of(
                query().opcode(15).opt(1232).bytes(),
                WireMessages.query("www.example.", Type.MAILB).opt(1232).bytes(),
                WireMessages.header().question(www, Type.A, DClass.HS).opt(1232).bytes());

        for (byte[] query : unserved) {
            byte[] reply = probe.udp(query);
            assertThat(errors(WireProbe.parsed(reply)))
                    .extracting(ExtendedErrorCodeOption::getErrorCode)
                    .containsExactly(21);
            assertThat(reply).as("a code, and no text").hasSize(query.length + 6);
        }
    }

    @Test
    @DisplayName("RFC 8914 section 2: without EDNS nothing is told")
    void withoutEdnsNothingIsTold() {
        byte[] query = query().bytes();

        assertThat(WireProbe.over(asked -> NOT_READY).udp(query)).hasSameSizeAs(query);
    }

    @Test
    @DisplayName("RFC 8914 section 2: a text that does not fit is left out, its code stays; records come first")
    void textGivesWayToRecords() {
        Response response = Response.answer(Freshness.never(), WireRecords.addresses("www.example.", 28))
                .withExtendedError(new ExtendedError(3, "x".repeat(200)));

        Message reply =
                WireProbe.over(query -> response).udpMessage(query().opt(512).bytes());

        assertThat(reply.getSection(Section.ANSWER)).hasSize(28);
        assertThat(errors(reply))
                .extracting(ExtendedErrorCodeOption::getErrorCode)
                .containsExactly(3);
        assertThat(errors(reply).get(0).getText()).isNull();
    }

    @Test
    @DisplayName("RFC 8914 section 2: an error that does not fit at all is left out")
    void errorGivesWayToRecords() {
        Response response = Response.answer(Freshness.never(), WireRecords.addresses("www.example.", 29))
                .withExtendedErrors(List.of(new ExtendedError(3, ""), new ExtendedError(4, "")));

        Message reply =
                WireProbe.over(query -> response).udpMessage(query().opt(512).bytes()); // 504 octets and 8 left

        assertThat(reply.getSection(Section.ANSWER)).hasSize(29);
        assertThat(errors(reply))
                .extracting(ExtendedErrorCodeOption::getErrorCode)
                .containsExactly(3);
    }

    private static List<ExtendedErrorCodeOption> errors(Message reply) {
        return reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(ExtendedErrorCodeOption.class::cast)
                .collect(Collectors.toList());
    }
}
