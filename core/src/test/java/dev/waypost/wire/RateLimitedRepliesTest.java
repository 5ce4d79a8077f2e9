package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.RateLimit;
import dev.waypost.wire.policy.RateLimiter;
import dev.waypost.wire.policy.ServerCookies;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Response rate limiting as a client sees it: before any work is done, over UDP, and never for a proven address. */
class RateLimitedRepliesTest {
    private static final byte[] QUERY =
            WireMessages.query("www.example.", Type.A).opt(1232).bytes();

    private final WireProbe probe = WireProbe.imaging(
            64, query -> Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 2)));

    private WirePolicy limited(int perSecond, int slip) {
        RateLimit limit = new RateLimit(perSecond, perSecond, slip, 24, 56, List.of());
        return WirePolicy.OPEN.withRateLimiter(
                new RateLimiter(limit, probe.ticker().nanoTime()));
    }

    @Test
    @DisplayName("Over its limit a network gets silence, and TC without records for one query in two (slip 2)")
    void overTheLimitOneInTwoIsSentToTcp() {
        probe.under(limited(3, 2));
        for (int i = 0; i < 3; i++) {
            assertThat(probe.udpMessage(QUERY).getSection(Section.ANSWER)).hasSize(2);
        }

        assertThat(probe.udp(QUERY)).isEmpty();
        byte[] slip = probe.udp(QUERY);

        Message cut = WireProbe.parsed(slip);
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(cut.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(cut.getSection(Section.ANSWER)).isEmpty();
        assertThat(slip).as("nothing is amplified").hasSameSizeAs(QUERY);
    }

    @Test
    void anImageIsReplayedOnlyWithinTheLimit() {
        probe.under(limited(2, 0));
        probe.udp(QUERY);
        probe.udp(QUERY);

        assertThat(probe.asked()).as("the second was an image").hasSize(1);
        assertThat(probe.udp(QUERY)).isEmpty();
        probe.ticker().advance(Duration.ofMillis(500));
        assertThat(probe.udp(QUERY)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "FFFF FFFF"})
    @DisplayName("Errors count as answers do, and nobody is asked for a query over the limit")
    void errorsAreLimitedToo(String junk) {
        byte[] malformed = WireMessages.header().counts(2, 1, 0, 0).hex(junk).bytes();
        probe.under(limited(1, 0));

        assertThat(probe.udpMessage(malformed).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(probe.udp(malformed)).isEmpty();
        assertThat(probe.udp(QUERY)).isEmpty();
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("A stream proves its client's address: no limit there")
    void streamsAreNotLimited() {
        probe.under(limited(1, 0));

        for (int i = 0; i < 10; i++) {
            assertThat(probe.tcpMessage(QUERY).getSection(Section.ANSWER)).hasSize(2);
            assertThat(probe.tlsMessage(QUERY).getSection(Section.ANSWER)).hasSize(2);
        }
    }

    @Test
    void otherNetworksAreAnsweredAllTheSame() throws Exception {
        probe.under(limited(1, 0));
        probe.udp(QUERY);
        assertThat(probe.udp(QUERY)).isEmpty();

        probe.from(InetAddress.getByName("192.0.2.1"));

        assertThat(probe.udp(QUERY)).isNotEmpty();
    }

    @Test
    @DisplayName(
            "RFC 7873 section 5.2.5: who holds one of our cookies is not limited; who asks for one is given it, now and then")
    void cookieHoldersAreNotLimited() {
        probe.under(limited(1, 2).withCookies(ServerCookies.of(CookieSecrets.rolling())));
        byte[] cookie = CookieQueries.cookieOf(probe.udpMessage(CookieQueries.withCookie(new byte[8])));

        for (int i = 0; i < 10; i++) {
            Message proven = probe.udpMessage(CookieQueries.withCookie(cookie));
            assertThat(proven.getSection(Section.ANSWER)).hasSize(2);
        }
        assertThat(probe.udp(CookieQueries.withCookie(new byte[8]))).isEmpty();
        Message slip = probe.udpMessage(CookieQueries.withCookie(new byte[8]));
        assertThat(slip.getRcode()).isEqualTo(Rcode.BADCOOKIE);
        assertThat(slip.getSection(Section.ANSWER)).isEmpty();
        assertThat(CookieQueries.cookieOf(slip)).hasSize(24);
    }
}
