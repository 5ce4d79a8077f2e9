package dev.waypost.wire.rfc9018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.wire.policy.Cookie;
import dev.waypost.wire.policy.Cookie.Standing;
import dev.waypost.wire.policy.CookieSecret;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.ServerCookies;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCookiesTest {
    private static final String SECRET = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    private static final String OLD_SECRET = "dd3bdf9344b678b185a6f5cb60fca715";
    private static final String NEW_SECRET = "445536bcd2513298075a5d379663c962";
    private static final String IPV6_CLIENT = "2001:db8:220:1:59de:d0f4:8769:82b8";
    /** Made at 1559731985 for 198.51.100.100. */
    private static final String MADE = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";

    private static final long MADE_AT = 1_559_731_985;

    private static Cookie read(String cookie, String client, long seconds, String... secrets) {
        return ServerCookies.of(CookieSecrets.of(
                        Arrays.stream(secrets).map(CookieSecret::of).toList()))
                .withClock(() -> Instant.ofEpochSecond(seconds))
                .read(edns(cookie), address(client));
    }

    private static Edns edns(String... cookies) {
        List<EdnsOption> options = Arrays.stream(cookies)
                .map(cookie -> new EdnsOption(EdnsOption.COOKIE, HexFormat.of().parseHex(cookie)))
                .toList();
        return new Edns(true, 1232, false, options);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static String reply(Cookie cookie) {
        return HexFormat.of().formatHex(cookie.reply().orElseThrow().content());
    }

    @Test
    @DisplayName("RFC 9018 appendix A.1: learning a new server cookie")
    void learningANewServerCookie() {
        Cookie cookie = read("2464c4abcf10c957", "198.51.100.100", MADE_AT, SECRET);

        assertThat(cookie.standing()).isEqualTo(Standing.NEW);
        assertThat(reply(cookie)).isEqualTo(MADE);
    }

    @Test
    @DisplayName("RFC 9018 appendix A.2: the same client learns a renewed server cookie")
    void learningARenewedServerCookie() {
        Cookie cookie = read(MADE, "198.51.100.100", 1_559_734_385, SECRET);

        assertThat(cookie.standing()).isEqualTo(Standing.PROVEN);
        assertThat(reply(cookie)).isEqualTo("2464c4abcf10c957010000005cf7a871d4a564a1442aca77");
    }

    @Test
    @DisplayName("RFC 9018 appendix A.3: reserved octets are covered by the tag and are 0 in what we make")
    void reservedOctetsAreHashedAsReceived() {
        String sent = "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5";

        assertThat(read(sent, "203.0.113.203", 0x5cf78f71L + 60, SECRET).standing())
                .isEqualTo(Standing.PROVEN);
        Cookie later = read(sent, "203.0.113.203", 1_559_734_700, SECRET);
        assertThat(later.standing()).as("112 minutes old").isEqualTo(Standing.UNKNOWN);
        assertThat(reply(later)).isEqualTo("fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e");
    }

    @Test
    @DisplayName("RFC 9018 appendix A.4: IPv6, and a secret rolled over: the old one is believed, the new one makes")
    void rolledOverSecret() {
        String sent = "22681ab97d52c298010000005cf7c57926556bd0934c72f8";

        Cookie cookie = read(sent, IPV6_CLIENT, 1_559_741_961, NEW_SECRET, OLD_SECRET);

        assertThat(cookie.standing()).isEqualTo(Standing.PROVEN);
        assertThat(reply(cookie)).isEqualTo("22681ab97d52c298010000005cf7c609a6bb79d16625507a");
        assertThat(read(sent, IPV6_CLIENT, 1_559_741_961, NEW_SECRET).standing())
                .as("the old secret is gone")
                .isEqualTo(Standing.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"-301, UNKNOWN", "-300, PROVEN", "0, PROVEN", "1799, PROVEN", "3600, PROVEN", "3601, UNKNOWN"})
    @DisplayName("RFC 9018 section 4.3: believed for an hour, and from five minutes ahead of our clock")
    void ages(int age, Standing standing) {
        assertThat(read(MADE, "198.51.100.100", MADE_AT + age, SECRET).standing())
                .isEqualTo(standing);
    }

    @ParameterizedTest
    @CsvSource({"1799, true", "1800, false"})
    @DisplayName("RFC 9018 section 4.3: a cookie is renewed when half its hour is over")
    void renewedAfterHalfAnHour(int age, boolean same) {
        assertThat(reply(read(MADE, "198.51.100.100", MADE_AT + age, SECRET)).equals(MADE))
                .isEqualTo(same);
    }

    @Test
    @DisplayName("RFC 9018 section 4.3: timestamps are serial numbers, so the year 2106 is no end")
    void timestampsWrap() {
        long wrap = 1L << 32;
        String made = reply(read("2464c4abcf10c957", "198.51.100.100", wrap - 10, SECRET));

        assertThat(read(made, "198.51.100.100", wrap + 10, SECRET).standing()).isEqualTo(Standing.PROVEN);
    }

    @Test
    @DisplayName("RFC 7873 section 5.2.4: another address, client cookie, version, length or secret proves nothing")
    void whatDoesNotFitProvesNothing() {
        String otherClient = "3464c4abcf10c957" + MADE.substring(16);
        String otherVersion = MADE.substring(0, 16) + "02" + MADE.substring(18);
        String longer = MADE + "00";
        String shorter = MADE.substring(0, 32);

        for (String cookie : List.of(otherClient, otherVersion, longer, shorter)) {
            assertThat(read(cookie, "198.51.100.100", MADE_AT, SECRET).standing())
                    .as(cookie)
                    .isEqualTo(Standing.UNKNOWN);
        }
        assertThat(read(MADE, "198.51.100.101", MADE_AT, SECRET).standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(read(MADE, "198.51.100.100", MADE_AT, OLD_SECRET).standing()).isEqualTo(Standing.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 15, 41, 100})
    @DisplayName("RFC 7873 section 5.2.2: 8 octets, or 16 to 40; no other length")
    void otherLengthsAreMalformed(int length) {
        Cookie cookie = read("00".repeat(length), "198.51.100.100", MADE_AT, SECRET);

        assertThat(cookie.standing()).isEqualTo(Standing.MALFORMED);
        assertThat(cookie.reply()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7873 section 5.2: of two COOKIE options the first counts")
    void theFirstOptionCounts() {
        ServerCookies cookies = ServerCookies.of(CookieSecrets.rolling());

        assertThat(cookies.read(edns("2464c4abcf10c957", "00"), address("192.0.2.1"))
                        .standing())
                .isEqualTo(Standing.NEW);
        assertThat(cookies.read(Edns.NONE, address("192.0.2.1"))).isEqualTo(Cookie.NONE);
    }

    @Test
    @DisplayName(
            "RFC 7873 section 7.1: a server's own secrets roll every day, and the one before is believed for a day")
    void ownSecretsRoll() {
        CookieSecrets secrets = CookieSecrets.rolling();
        Instant start = Instant.ofEpochSecond(MADE_AT);
        Duration day = CookieSecrets.LIFE.plusSeconds(1);

        List<CookieSecret> first = secrets.at(start);
        assertThat(secrets.at(start.plus(CookieSecrets.LIFE))).isEqualTo(first);
        List<CookieSecret> second = secrets.at(start.plus(day));
        List<CookieSecret> third = secrets.at(start.plus(day).plus(day));

        assertThat(second).hasSize(2).element(1).isEqualTo(first.get(0));
        assertThat(third).hasSize(2).element(1).isEqualTo(second.get(0));
        assertThat(third).doesNotContainAnyElementsOf(first);
    }

    @Test
    void aSecretIs32DigitsAndKeptOutOfLogs() {
        assertThat(CookieSecret.of(SECRET)).hasToString("CookieSecret[]");
        for (String digits : List.of("", "e5", SECRET + "00", "x" + SECRET.substring(1))) {
            assertThatThrownBy(() -> CookieSecret.of(digits))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a cookie secret wants 32 hexadecimal digits");
        }
    }
}
