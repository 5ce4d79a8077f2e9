package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplyTimesTest {
    private final ReplyTimes times = new ReplyTimes();

    private void add(int count, long millis) {
        for (int i = 0; i < count; i++) {
            times.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private double p95Millis() {
        return times.p95Nanos() / 1e6;
    }

    @Test
    void unknownUpstreamIsGivenAQuarterOfASecond() {
        assertThat(p95Millis()).isEqualTo(250);
        add(15, 1);
        assertThat(p95Millis()).isEqualTo(250);
    }

    @Test
    void nineteenOfTwentyRepliesComeWithinIt() {
        add(95, 10);
        add(5, 400);
        assertThat(p95Millis()).as("95 of 100 within 10 ms").isBetween(400.0, 500.0);
        add(10, 10);
        assertThat(p95Millis()).as("105 of 110 within 10 ms").isBetween(10.0, 12.5);
    }

    @Test
    void whatWasLongAgoCountsForNothing() {
        add(1000, 400);
        add(12_000, 2);
        assertThat(p95Millis()).isLessThan(2.5);
    }

    @Test
    void longestTimesFallIntoTheLastBucket() {
        add(100, 3_600_000);
        assertThat(p95Millis()).isBetween(8_000.0, 20_000.0);
    }
}
