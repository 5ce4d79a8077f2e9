package dev.waypost.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final FakeTicker ticker = new FakeTicker();

    private int takeAll(TokenBucket bucket) {
        int taken = 0;
        while (bucket.take()) {
            taken++;
        }
        return taken;
    }

    @Test
    void beginsFullAndFillsAtItsRateUpToItsSize() {
        TokenBucket bucket = new TokenBucket(2, 3, ticker);
        assertThat(takeAll(bucket)).isEqualTo(3);
        ticker.advance(Duration.ofMillis(499));
        assertThat(takeAll(bucket)).isZero();
        ticker.advance(Duration.ofMillis(1));
        assertThat(takeAll(bucket)).isEqualTo(1);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(takeAll(bucket)).isEqualTo(2);
        ticker.advance(Duration.ofHours(1));
        assertThat(takeAll(bucket)).isEqualTo(3);
    }

    @Test
    void rateMayBeLessThanOneASecond() {
        TokenBucket bucket = new TokenBucket(0.1, 1, ticker);
        assertThat(takeAll(bucket)).isEqualTo(1);
        ticker.advance(Duration.ofSeconds(9));
        assertThat(takeAll(bucket)).isZero();
        ticker.advance(Duration.ofSeconds(2));
        assertThat(takeAll(bucket)).isEqualTo(1);
    }
}
