package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final FakeTicker ticker = new FakeTicker();
    private final Health health = new Health(2);

    private boolean isDown() {
        return health.isDown(ticker.nanoTime());
    }

    private void fail() {
        health.failed(ticker.nanoTime());
    }

    private void judge(boolean answer) {
        health.asked(ticker.nanoTime());
        health.heard();
        health.judged(answer, ticker.nanoTime());
    }

    private void storm() {
        for (int i = 0; i < Health.STORM; i++) {
            judge(false);
        }
    }

    @Test
    void silentUpstreamIsDownUntilItIsHeardOf() {
        fail();
        assertThat(isDown()).isFalse();
        fail();
        assertThat(isDown()).isTrue();
        ticker.advance(Duration.ofHours(1));
        assertThat(isDown()).isTrue();
        health.heard();
        assertThat(isDown()).isFalse();
    }

    @Test
    void repliesBetweenFailuresKeepItUp() {
        for (int i = 0; i < 10; i++) {
            fail();
            health.heard();
        }
        assertThat(isDown()).isFalse();
    }

    @Test
    @DisplayName("an upstream that says SERVFAIL or REFUSED to nearly everything is not healthy")
    void stormOfRefusalsIsDown() {
        for (int i = 1; i < Health.STORM; i++) {
            judge(false);
            assertThat(isDown()).isFalse();
        }
        judge(false);
        assertThat(isDown()).isTrue();
    }

    @Test
    void someBrokenNamesAreNoStorm() {
        for (int i = 0; i < 100; i++) {
            judge(i % 4 == 0); // three of four are refused, and it is asked on
            assertThat(isDown()).isFalse();
        }
    }

    @Test
    void restedUpstreamIsTriedByOneQuery() {
        storm();
        ticker.advance(Duration.ofMillis(4_900));
        assertThat(isDown()).isTrue();
        ticker.advance(Duration.ofMillis(200));
        assertThat(isDown()).isFalse();
        health.asked(ticker.nanoTime());
        assertThat(isDown()).as("while one tries, the others do not").isTrue();
        health.judged(true, ticker.nanoTime());
        assertThat(isDown()).isFalse();
    }

    @Test
    void triesThatFailRestTwiceAsLongEachTimeUpToAMinute() {
        storm();
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            ticker.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(isDown()).as("before %d s", seconds).isTrue();
            ticker.advance(Duration.ofMillis(1));
            assertThat(isDown()).as("after %d s", seconds).isFalse();
            judge(false);
        }
    }

    @Test
    void tryWithoutReplyRestsTooAndIsNotForgotten() {
        storm();
        ticker.advance(Duration.ofSeconds(5));
        health.asked(ticker.nanoTime());
        fail();
        health.heard(); // a probe answers: that says nothing about the names that failed
        assertThat(isDown()).isTrue();
        ticker.advance(Duration.ofSeconds(10));
        assertThat(isDown()).isFalse();
    }

    @Test
    void tryThatCameToNothingLeavesTheNextQueryToTry() {
        storm();
        ticker.advance(Duration.ofSeconds(5));
        health.asked(ticker.nanoTime());
        assertThat(isDown()).isTrue();
        health.abandoned();
        assertThat(isDown()).isFalse();
    }

    @Test
    void goodWeatherForgetsTheLongRest() {
        storm();
        ticker.advance(Duration.ofSeconds(5));
        judge(false);
        ticker.advance(Duration.ofSeconds(10));
        for (int i = 0; i < Health.LOOK_BACK; i++) {
            judge(true);
        }
        storm();
        ticker.advance(Duration.ofSeconds(5));
        assertThat(isDown()).isFalse();
    }

    @Test
    @DisplayName("max_fails 0: never down")
    void withoutMaxFailsNothingIsDown() {
        Health always = new Health(0);
        for (int i = 0; i < 100; i++) {
            always.failed(ticker.nanoTime());
            always.judged(false, ticker.nanoTime());
        }
        assertThat(always.isDown(ticker.nanoTime())).isFalse();
    }
}
