package dev.waypost.wire.rfc7830;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class PaddingTest {
    private static final int PADDING = 12;
    private static final int BLOCK = 468;

    private static byte[] asking() {
        return WireMessages.query("www.example.", Type.A)
                .opt(1232, 0, 0, WireMessages.option(PADDING, "....."))
                .bytes();
    }

    private static WireProbe saying(int addresses) {
        return WireProbe.over(
                query -> Response.answer(Freshness.never(), WireRecords.addresses("www.example.", addresses)));
    }

    private static byte[] tls(WireProbe probe, byte[] query) {
        return probe.reply(query, new byte[65_535], Transport.TLS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 25, 26, 27, 28, 50, 1000})
    @DisplayName("RFC 8467 section 4.1: a padded query on a TLS stream has a reply of whole blocks of 468 octets")
    void repliesAreWholeBlocks(int addresses) {
        byte[] reply = tls(saying(addresses), asking());

        assertThat(reply.length % BLOCK).isZero();
        assertThat(WireProbe.parsed(reply).getSection(Section.ANSWER)).hasSize(addresses);
    }

    @Test
    @DisplayName("RFC 7830 section 3: padding is the last option and all its octets are 0")
    void paddingIsLast() {
        WireProbe probe = WireProbe.over(query ->
                Response.failure(2, ExtendedError.NOT_READY, "soon").withExtendedError(new ExtendedError(3, "")));

        List<EDNSOption> options =
                WireProbe.parsed(tls(probe, asking())).getOPT().getOptions();

        assertThat(options).extracting(EDNSOption::getCode).containsExactly(15, 15, PADDING);
        byte[] padding = options.get(2).toWire();
        assertThat(Arrays.copyOfRange(padding, 4, padding.length)).containsOnly(0);
    }

    @Test
    @DisplayName("RFC 7830 section 6: in clear text nothing is padded, and unasked nothing is")
    void nothingElseIsPadded() {
        assertThat(saying(1).udpMessage(asking()).getOPT().getOptions()).isEmpty();
        assertThat(saying(1).tcpMessage(asking()).getOPT().getOptions()).isEmpty();
        byte[] unasked = WireMessages.query("www.example.", Type.A).opt(1232).bytes();
        assertThat(saying(1).tlsMessage(unasked).getOPT().getOptions()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7830 section 3: where a whole block has no room the reply is padded up to its limit")
    void paddingEndsAtTheLimit() {
        byte[] reply = tls(saying(4093), asking()); // 65,532 octets before padding

        assertThat(reply).hasSize(65_535);
        assertThat(WireProbe.parsed(reply).getSection(Section.ANSWER)).hasSize(4093);
    }

    @Test
    @DisplayName("RFC 8467 section 4.1: a reply that comes later is padded too")
    void lateRepliesArePadded() {
        CompletableFuture<Resolution> upstream = new CompletableFuture<>();
        WireProbe probe = WireProbe.over(query -> Pending.on(upstream));
        tls(probe, asking());

        upstream.complete(Response.answer(Freshness.never(), WireRecords.addresses("www.example.", 1)));

        assertThat(probe.sent().get(0)).hasSize(BLOCK);
        Message reply = WireProbe.parsed(probe.sent().get(0));
        assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
    }
}
