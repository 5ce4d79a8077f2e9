package dev.waypost.wire.rfc6891;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Edns;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class EdnsTest {
    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN));

    private static WireMessages query() {
        return WireMessages.query("www.example.", Type.A);
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.1: a reply has OPT if and only if the query had")
    void replyHasOptIffTheQueryHad() {
        assertThat(probe.udpMessage(query().bytes()).getOPT()).isNull();

        OPTRecord opt = probe.udpMessage(query().opt(4096).bytes()).getOPT();
        assertThat(opt.getVersion()).isZero();
        assertThat(opt.getPayloadSize()).isEqualTo(1232);
        assertThat(opt.getFlags()).isZero();
        assertThat(opt.getOptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 255})
    @DisplayName("RFC 6891 section 6.1.3: another version is BADVERS with OPT version 0 and the question")
    void otherVersionIsBadVers(int version) {
        byte[] query = query().opt(1232, version, 0).bytes();

        Message reply = probe.udpMessage(query);

        assertThat(reply.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(reply.getOPT().getVersion()).isZero();
        assertThat(reply.getQuestion().getName()).hasToString("www.example.");
        assertThat(reply.getSection(1)).isEmpty();
        assertThat(reply.getSection(2)).isEmpty();
        assertThat(reply.numBytes()).isEqualTo(query.length);
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.3: a version's options are not looked at before the version is")
    void otherVersionsOptionsMayLookOtherwise() {
        byte[] query = query().opt(1232, 1, 0, new byte[] {0, 10, 0}).bytes();

        assertThat(probe.udpMessage(query).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.1: two OPT records are FORMERR")
    void twoOptRecordsAreFormErr() {
        assertFormErr(query().opt(1232).opt(1232).bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("RFC 6891 section 6.1.1: OPT in ANSWER or AUTHORITY is FORMERR")
    void optOutsideAdditionalIsFormErr(int section) {
        assertFormErr(
                query().record(section, new byte[1], Type.OPT, 0, new byte[0]).bytes());
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.2: OPT owned by anything but the root is FORMERR")
    void optWithOwnerIsFormErr() {
        assertFormErr(query().record(3, new byte[] {1, 'a', 0}, Type.OPT, 0, new byte[0])
                .bytes());
        assertFormErr(query().record(3, new byte[] {(byte) 0xC0, 24}, Type.OPT, 0, new byte[0])
                .bytes());
    }

    @ParameterizedTest
    @CsvSource({"000A 0009 0102030405060708", "000A 00", "000A FFFF", "000A 0000 00"})
    @DisplayName("RFC 6891 section 6.1.2: an option longer than OPT is FORMERR")
    void optionOverTheEndIsFormErr(String options) {
        byte[] rdata = WireMessages.header().hex(options).body();

        Message reply = assertFormErr(query().opt(1232, 0, 0, rdata).bytes());

        assertThat(reply.getOPT()).as("RFC 6891 section 7").isNotNull();
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.2: OPT longer than the message is FORMERR")
    void optOverTheEndIsFormErr() {
        byte[] query = query().opt(1232).bytes();
        query[query.length - 1] = 1;

        assertFormErr(query);
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.4: unknown options and flags are passed over and not echoed")
    void unknownOptionsAndFlagsAreNotEchoed() {
        byte[] query = query().opt(1232, 0, 0x7FFF, WireMessages.option(100, "unknown"))
                .bytes();

        Message reply = probe.udpMessage(query);

        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(reply.getOPT().getFlags()).isZero();
        assertThat(reply.getOPT().getOptions()).isEmpty();
        assertThat(probe.asked().get(0).edns().options().get(0).code()).isEqualTo(100);
    }

    @Test
    @DisplayName("RFC 3225 section 3: DO is copied")
    void dnssecOkIsEchoed() {
        byte[] query = query().opt(1232, 0, WireMessages.DO).bytes();

        assertThat(probe.udpMessage(query).getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
        assertThat(probe.asked().get(0).edns().dnssecOk()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,512", "511,512", "512,512", "1232,1232", "65535,65535"})
    @DisplayName("RFC 6891 section 6.2.3: an offer below 512 counts as 512")
    void smallOffersCountAs512(int offer, int counted) {
        OPTRecord opt = probe.udpMessage(query().opt(offer).bytes()).getOPT();

        assertThat(probe.asked().get(0).edns().udpPayloadSize()).isEqualTo(counted);
        assertThat(opt.getPayloadSize()).isEqualTo(1232);
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.3: without OPT an extended RCODE becomes SERVFAIL")
    void extendedRcodeNeedsOpt() {
        WireProbe cookies = WireProbe.over(query -> Response.failure(Rcode.BADCOOKIE));

        assertThat(cookies.udpMessage(query().bytes()).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(cookies.udpMessage(query().opt(1232).bytes()).getRcode()).isEqualTo(Rcode.BADCOOKIE);
    }

    @Test
    @DisplayName("RFC 6891 section 6.1.1: without OPT the resolver is told that there was none")
    void absenceOfOptIsTold() {
        probe.udp(query().bytes());

        assertThat(probe.asked().get(0).edns()).isEqualTo(Edns.NONE);
    }

    private Message assertFormErr(byte[] query) {
        byte[] octets = probe.udp(query);
        Message reply = WireProbe.parsed(octets);
        assertThat(reply.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(octets.length).isLessThanOrEqualTo(query.length);
        assertThat(probe.asked()).isEmpty();
        return reply;
    }
}
