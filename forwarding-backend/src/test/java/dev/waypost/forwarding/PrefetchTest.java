package dev.waypost.forwarding;

import static dev.waypost.forwarding.CacheProbe.SOA;
import static dev.waypost.forwarding.CacheProbe.answered;
import static dev.waypost.forwarding.CacheProbe.denial;
import static dev.waypost.forwarding.CacheProbe.servfail;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.testing.DnsAssertions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** What is asked for often is refreshed before it expires. */
class PrefetchTest {
    private static final Duration GAP = Duration.ofMinutes(1);
    private static final String NEWER = "www.example. 300 A 192.0.2.2";

    private final CacheProbe probe = new CacheProbe(CachingLayer.builder().prefetch(3, GAP, 10));

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            probe.ask();
        }
    }

    private void untilTheLastTenth() {
        for (int minute = 0; minute < 5; minute++) {
            ask(1);
            probe.afterSeconds(54);
        }
    }

    @Test
    void popularAnswerIsRefreshedInItsLastTenth() {
        untilTheLastTenth();
        probe.isSlow();
        assertThat(probe.ask()).answers("www.example. 30 A 192.0.2.1");
        assertThat(probe.asked()).isEqualTo(2);
        probe.reply(answered(NEWER));
        assertThat(probe.ask()).answers(NEWER);
        assertThat(probe.metric("prefetch_total")).isEqualTo(1);
        assertThat(probe.metric("misses_total")).isEqualTo(1);
    }

    @Test
    void refreshIsOneAtATime() {
        untilTheLastTenth();
        probe.isSlow();
        ask(100);
        assertThat(probe.asked()).isEqualTo(2);
        assertThat(probe.metric("prefetch_total")).isEqualTo(1);
    }

    @Test
    void nothingIsRefreshedBeforeItsLastTenth() {
        probe.ask();
        probe.after(Duration.ofMillis(269_999));
        ask(10);
        assertThat(probe.asked()).isEqualTo(1);
        probe.after(Duration.ofMillis(1));
        ask(1);
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void whatIsAskedForTooRarelyIsNotRefreshed() {
        ask(3);
        probe.afterSeconds(270);
        ask(2);
        assertThat(probe.asked()).as("the pause before made them the first two").isEqualTo(1);
        ask(1);
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void popularityOutlivesTheAnswer() {
        untilTheLastTenth();
        probe.says(answered("www.example. 10 A 192.0.2.2")).ask();
        probe.afterSeconds(9);
        probe.ask();
        assertThat(probe.asked()).isEqualTo(3);
    }

    @Test
    void lastSecondIsEarlyEnoughForAShortTtl() {
        probe.says(answered("www.example. 4 A 192.0.2.1"));
        ask(4);
        probe.after(Duration.ofMillis(2999));
        ask(1);
        assertThat(probe.asked()).isEqualTo(1);
        probe.after(Duration.ofMillis(1));
        ask(1);
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void failedRefreshLeavesTheAnswerAndTriesNoMore() {
        untilTheLastTenth();
        probe.says(servfail());
        ask(10);
        assertThat(probe.asked()).isEqualTo(2);
        probe.after(Duration.ofMillis(29_999));
        assertThat(probe.ask()).answers("www.example. 1 A 192.0.2.1");
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void popularDenialIsRefreshedToo() {
        probe.says(denial(Rcode.NXDOMAIN, SOA));
        ask(4);
        probe.afterSeconds(54);
        probe.says(answered(NEWER)).ask();
        assertThat(probe.ask()).answers(NEWER);
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void imageEndsWhereTheRefreshBegins() {
        long begin = probe.now();
        var freshness = DnsAssertions.response(probe.ask()).freshness();
        assertThat(freshness.holdsAt(begin + Duration.ofSeconds(270).toNanos() - 1))
                .isTrue();
        assertThat(freshness.holdsAt(begin + Duration.ofSeconds(270).toNanos())).isFalse();
        probe.afterSeconds(270);
        assertThat(probe.ask()).holdsNoMore();
    }

    @Test
    void boundsAreChecked() {
        CacheBuilder builder = CachingLayer.builder();
        assertThatThrownBy(() -> builder.prefetch(-1, GAP, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.prefetch(1, GAP, 9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.prefetch(1, GAP, 91))
                .hasMessageContaining("a percentage of 10..90, found 1 and 91");
    }
}
