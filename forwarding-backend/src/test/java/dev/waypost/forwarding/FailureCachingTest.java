package dev.waypost.forwarding;

import static dev.waypost.forwarding.CacheProbe.answered;
import static dev.waypost.forwarding.CacheProbe.servfail;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Resolution;
import dev.waypost.testing.Zones;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** Failures are remembered, for a time that grows. */
class FailureCachingTest {
    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static CacheProbe failing(CacheBuilder builder) {
        return new CacheProbe(builder).says(servfail());
    }

    private static void assertKeptFor(CacheProbe probe, long... seconds) {
        for (long time : seconds) {
            int asked = probe.asked();
            assertThat(probe.ask()).hasRcode(Rcode.SERVFAIL);
            probe.after(seconds(time).minusMillis(1));
            assertThat(probe.ask()).hasRcode(Rcode.SERVFAIL);
            assertThat(probe.asked()).as("kept for " + time + " s").isEqualTo(asked + 1);
            probe.after(Duration.ofMillis(1));
        }
        int asked = probe.asked();
        probe.ask();
        assertThat(probe.asked()).isEqualTo(asked + 1);
    }

    @Test
    @DisplayName("RFC 9520 section 3.2: from 1 s on, twice as long each time, up to 5 min")
    void failureIsKeptForLongerEachTime() {
        assertKeptFor(
                failing(CachingLayer.builder().servfail(seconds(1), seconds(300))),
                1,
                2,
                4,
                8,
                16,
                32,
                64,
                128,
                256,
                300,
                300);
    }

    @Test
    void defaultIsFromFiveSecondsToThirty() {
        assertKeptFor(failing(CachingLayer.builder()), 5, 10, 20, 30, 30);
    }

    @Test
    void oneDurationIsAlwaysThat() {
        assertKeptFor(failing(CachingLayer.builder().servfail(seconds(10))), 10, 10, 10);
    }

    @Test
    void zeroKeepsNoFailure() {
        CacheProbe probe = failing(CachingLayer.builder().servfail(Duration.ZERO));
        assertThat(probe.ask()).holdsNoMore();
        probe.ask();
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void answerInBetweenStartsFromTheBeginning() {
        CacheProbe probe = failing(CachingLayer.builder());
        probe.ask();
        probe.afterSeconds(5);
        probe.says(answered("www.example. 10 A 192.0.2.1")).ask();
        probe.afterSeconds(10);
        assertKeptFor(probe.says(servfail()), 5, 10);
    }

    @Test
    void failureOfLongAgoIsForgotten() {
        CacheProbe probe = failing(CachingLayer.builder());
        probe.ask();
        probe.afterSeconds(10);
        assertKeptFor(probe, 5, 10);
    }

    @Test
    void allThatWaitForOneFailureCountAsOne() {
        CacheProbe probe = new CacheProbe().isSlow();
        List<Resolution> clients = Stream.generate(probe::ask).limit(10).toList();
        clients.forEach(client -> probe.reply(servfail()));
        clients.forEach(client -> assertThat(client).hasRcode(Rcode.SERVFAIL));
        probe.says(servfail());
        probe.afterSeconds(5);
        assertKeptFor(probe, 10, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.FORMERR, Rcode.NOTIMP})
    @DisplayName("RFC 9520 section 2: whatever an upstream says instead of an answer is a failure")
    void everyRefusalOfAnUpstreamIsAFailure(int rcode) {
        CacheProbe probe = new CacheProbe().says(CacheProbe.forwarded(rcode));
        assertThat(probe.ask()).hasRcode(rcode);
        assertThat(probe.ask()).hasRcode(rcode);
        assertThat(probe.asked()).isEqualTo(1);
    }

    @Test
    void whatTheForwarderItselfRefusesIsNoFailureOfTheName() {
        CacheProbe probe = new CacheProbe().says(Flight.refusal("the forwarder is closed"));
        probe.ask();
        probe.ask();
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void failureDoesNotReplaceAFreshAnswer() {
        CacheProbe probe = new CacheProbe().isSlow();
        Resolution quick = probe.ask();
        Resolution unlucky = probe.ask();
        probe.reply(answered("www.example. 300 A 192.0.2.1"));
        probe.reply(servfail());
        assertThat(quick).answers("www.example. 300 A 192.0.2.1");
        assertThat(unlucky).answers("www.example. 300 A 192.0.2.1");
        assertThat(probe.ask()).answers("www.example. 300 A 192.0.2.1");
    }

    @Test
    void failureIsToldAsLongAsItIsKept() {
        CacheProbe probe = failing(CachingLayer.builder());
        long now = probe.now();
        assertThat(probe.ask()).holdsAt(now).hasExtendedError(23);
        assertThat(probe.ask()).holdsAt(now + seconds(5).toNanos() - 1).hasExtendedError(23);
    }

    @Test
    void disabledDenialsAreFailuresToo() {
        CacheProbe probe = failing(CachingLayer.builder().withoutDenial(Zones.name("example.")));
        probe.ask();
        probe.ask();
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void boundsAreChecked() {
        CacheBuilder builder = CachingLayer.builder();
        assertThatThrownBy(() -> builder.servfail(seconds(1), seconds(301)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("servfail wants 0 s..300 s");
        assertThatThrownBy(() -> builder.servfail(seconds(2), seconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.servfail(seconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
