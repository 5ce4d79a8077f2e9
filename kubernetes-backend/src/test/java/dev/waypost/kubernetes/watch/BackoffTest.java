package dev.waypost.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static List<Duration> pauses(double chance, int count) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> chance);
        return Stream.generate(backoff::next).limit(count).toList();
    }

    @Test
    void pauseDoublesUpToItsBound() {
        assertThat(pauses(0, 7))
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 15000L, 15000L);
        assertThat(pauses(0.999999, 100))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(999), Duration.ofSeconds(30)));
    }

    @Test
    void successBeginsAnew() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 0);
        backoff.next();
        assertThat(backoff.isReset()).isFalse();
        backoff.reset();
        assertThat(backoff.isReset()).isTrue();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
    }
}
