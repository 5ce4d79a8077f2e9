package dev.waypost.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchLogTest {
    private final FakeTicker ticker = new FakeTicker();
    private final Outages outages = new Outages(ticker, Duration.ofMinutes(1));
    private final WatchLog log = new WatchLog(ResourceKind.SERVICES, ticker, outages, new ApiMeter());

    @Test
    void failureIsAnOutageUntilTheServerIsHeardAgain() {
        log.listed();
        log.failed("reset", false);
        assertThat(outages.areNone()).isFalse();
        log.watching();
        assertThat(outages.areNone()).isTrue();
    }

    @Test
    void outageEndsWithItsWatch() {
        log.listed();
        log.failed("reset", false);
        log.close();
        assertThat(outages.areNone()).isTrue();
    }

    @Test
    void failureThatIsToldAfterTheEndOfTheWatchIsNoOutage() {
        log.listed();
        log.close();
        log.failed("reset", false);
        assertThat(outages.areNone()).isTrue();
        assertThat(log.status().lastError()).isEqualTo("reset");
    }
}
