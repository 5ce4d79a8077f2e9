package dev.waypost.wire.rfc7873;

import static dev.waypost.wire.CookieQueries.cookieOf;
import static dev.waypost.wire.CookieQueries.cookieOnly;
import static dev.waypost.wire.CookieQueries.option;
import static dev.waypost.wire.CookieQueries.withCookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import dev.waypost.wire.WirePolicy;
import dev.waypost.wire.policy.CookieSecret;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.ServerCookies;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class CookieRepliesTest {
    private static final byte[] CLIENT = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] STRANGE = Arrays.copyOf(CLIENT, 24);
    private static final ServerCookies COOKIES = ServerCookies.of(CookieSecrets.rolling());

    private final WireProbe probe = WireProbe.imaging(
                    64, query -> Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 2)))
            .under(WirePolicy.OPEN.withCookies(COOKIES));

    private WireProbe requiring() {
        return probe.under(WirePolicy.OPEN.withCookies(COOKIES.withRequired(true)));
    }

    private byte[] learned() {
        return cookieOf(probe.tcpMessage(withCookie(CLIENT)));
    }

    private static int answers(Message reply) {
        return reply.getSection(Section.ANSWER).size();
    }

    @Test
    @DisplayName("RFC 7873 section 5.2.1: without a COOKIE option the reply has none")
    void withoutCookieNoneIsTold() {
        Message reply = probe.udpMessage(
                WireMessages.query("www.example.", Type.A).opt(1232).bytes());

        assertThat(answers(reply)).isEqualTo(2);
        assertThat(cookieOf(reply)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 15, 41})
    @DisplayName("RFC 7873 section 5.2.2: a COOKIE of a length it cannot have is FORMERR, on every transport")
    void malformedCookieIsFormErr(int length) {
        byte[] query = withCookie(new byte[length]);

        for (Message reply : List.of(probe.udpMessage(query), probe.tcpMessage(query), probe.tlsMessage(query))) {
            assertThat(reply.getRcode()).isEqualTo(Rcode.FORMERR);
            assertThat(reply.getOPT().getOptions()).isEmpty();
        }
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7873 section 5.2.3: a client without a server cookie is answered and given one")
    void aNewClientLearnsACookie() {
        Message reply = probe.udpMessage(withCookie(CLIENT));

        assertThat(answers(reply)).isEqualTo(2);
        assertThat(cookieOf(reply)).hasSize(24).startsWith(CLIENT);
    }

    @Test
    @DisplayName("RFC 7873 section 5.2.4: a client with a cookie that is not ours is answered and given one that is")
    void aStrangeCookieIsReplaced() {
        Message reply = probe.udpMessage(withCookie(STRANGE));

        assertThat(answers(reply)).isEqualTo(2);
        assertThat(cookieOf(reply)).hasSize(24).startsWith(CLIENT).isNotEqualTo(STRANGE);
    }

    @Test
    @DisplayName("RFC 7873 section 5.2.5: a correct cookie comes back")
    void aCorrectCookieComesBack() {
        byte[] cookie = learned();

        assertThat(cookieOf(probe.udpMessage(withCookie(cookie)))).isEqualTo(cookie);
    }

    @Test
    @DisplayName(
            "RFC 7873 section 5.2.3: where cookies are required a client that knows them gets BADCOOKIE over UDP until it has one")
    void requiredCookies() {
        requiring();
        for (byte[] unproven : List.of(CLIENT, STRANGE)) {
            Message refused = probe.udpMessage(withCookie(unproven));
            assertThat(refused.getRcode()).isEqualTo(Rcode.BADCOOKIE);
            assertThat(answers(refused)).isZero();

            Message proven = probe.udpMessage(withCookie(cookieOf(refused)));
            assertThat(answers(proven)).isEqualTo(2);
        }
        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    @DisplayName("RFC 7873 section 5.2.3: required or not, streams and clients that know no cookies are answered")
    void othersNeedNoCookie() {
        requiring();

        assertThat(answers(probe.tcpMessage(withCookie(CLIENT)))).isEqualTo(2);
        assertThat(answers(probe.tlsMessage(withCookie(STRANGE)))).isEqualTo(2);
        assertThat(answers(probe.udpMessage(
                        WireMessages.query("www.example.", Type.A).bytes())))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("RFC 7873 section 5.4: a query for a cookie alone, QDCOUNT 0")
    void aQueryForACookieAlone() {
        Message fresh = probe.udpMessage(cookieOnly(CLIENT));
        assertThat(fresh.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(fresh.getHeader().getCount(Section.QUESTION)).isZero();
        assertThat(answers(fresh)).isZero();
        byte[] cookie = cookieOf(fresh);
        assertThat(cookie).hasSize(24);

        assertThat(probe.udpMessage(cookieOnly(cookie)).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(probe.udpMessage(cookieOnly(STRANGE)).getRcode()).isEqualTo(Rcode.BADCOOKIE);
        assertThat(probe.udpMessage(cookieOnly(new byte[9])).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(probe.udpMessage(WireMessages.header().opt(1232).bytes()).getRcode())
                .as("RFC 9619: no question and no cookie")
                .isEqualTo(Rcode.FORMERR);
        assertThat(probe.asked()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7873 section 5.2: records make room for the cookie; what does not fit is TC")
    void recordsMakeRoomForTheCookie() {
        // 12 + 17 + 11 + 28 for the cookie: 444 octets are left of 512, 27 records of 16
        WireProbe fits = saying(27);
        WireProbe over = saying(28);
        byte[] query = WireMessages.query("www.example.", Type.A)
                .opt(512, 0, 0, option(CLIENT))
                .bytes();

        assertThat(answers(fits.udpMessage(query))).isEqualTo(27);
        assertThat(cookieOf(fits.udpMessage(query))).hasSize(24);
        assertThat(over.udpMessage(query).getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cookieOf(over.udpMessage(query))).hasSize(24);
    }

    private static WireProbe saying(int addresses) {
        return WireProbe.over(
                        query -> Response.answer(Freshness.never(), WireRecords.addresses("www.example.", addresses)))
                .under(WirePolicy.OPEN.withCookies(COOKIES));
    }

    @Test
    @DisplayName("RFC 7873 section 5.2.3: a reply that comes later has its cookie too")
    void lateRepliesHaveTheirCookie() {
        CompletableFuture<Resolution> upstream = new CompletableFuture<>();
        WireProbe later = WireProbe.over(query -> Pending.on(upstream)).under(WirePolicy.OPEN.withCookies(COOKIES));
        later.udp(withCookie(CLIENT));

        upstream.complete(Response.answer(Freshness.never(), WireRecords.addresses("www.example.", 2)));

        assertThat(cookieOf(WireProbe.parsed(later.sent().get(0)))).hasSize(24);
    }

    @Test
    @DisplayName("RFC 9018 section 3: two servers with one secret believe each other's cookies")
    void instancesWithOneSecretBelieveEachOther() {
        String secret = "00112233445566778899aabbccddeeff";
        CookieSecrets shared = CookieSecrets.of(List.of(CookieSecret.of(secret)));
        WirePolicy one = WirePolicy.OPEN.withCookies(ServerCookies.of(shared).withRequired(true));
        WirePolicy other =
                WirePolicy.OPEN.withCookies(ServerCookies.of(CookieSecrets.of(List.of(CookieSecret.of(secret))))
                        .withRequired(true));

        byte[] cookie = cookieOf(probe.under(one).udpMessage(withCookie(CLIENT)));

        assertThat(probe.under(other).udpMessage(withCookie(cookie)).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    @DisplayName("RFC 7873 section 5.2: where cookies are off the option is unknown: passed over, whatever its length")
    void withoutThePolicyTheOptionIsUnknown() {
        probe.under(WirePolicy.OPEN);

        for (byte[] content : List.of(CLIENT, STRANGE, new byte[3])) {
            Message reply = probe.udpMessage(withCookie(content));
            assertThat(answers(reply)).isEqualTo(2);
            assertThat(reply.getOPT().getOptions()).isEmpty();
        }
    }
}
