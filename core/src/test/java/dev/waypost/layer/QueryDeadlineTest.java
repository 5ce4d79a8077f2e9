package dev.waypost.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.LayerContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryDeadlineTest implements LayerContract {
    private final FakeTicker ticker = new FakeTicker();

    @Override
    public Layer layer() {
        return new QueryDeadline(Duration.ofSeconds(5), ticker);
    }

    @ParameterizedTest
    @CsvSource({"1000, 5000, 1000", "1000, 500, 500", "1000, 1000, 1000"})
    void theNearerDeadlineCounts(long timeoutMillis, long ownMillis, long wantedMillis) {
        AtomicReference<Query> below = new AtomicReference<>();
        long now = ticker.nanoTime();
        new QueryDeadline(Duration.ofMillis(timeoutMillis), ticker)
                .over(query -> {
                    below.set(query);
                    return answer();
                })
                .resolve(question().withDeadline(now + ownMillis * 1_000_000));
        assertThat(below.get().deadlineNanos()).isEqualTo(now + wantedMillis * 1_000_000);
    }
}
