package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StalenessTest {
    @Test
    void ageCountsFromTheLastWord() {
        assertThat(Staleness.since(1_000_000).age(3_000_000)).isEqualTo(Duration.ofMillis(2));
        assertThat(Staleness.FRESH.age(3_000_000)).isEqualTo(Duration.ZERO);
    }

    @Test
    void olderOfTwoCounts() {
        Staleness older = Staleness.since(Long.MAX_VALUE);
        Staleness younger = Staleness.since(Long.MIN_VALUE + 5); // later, as the ticker wrapped
        assertThat(older.and(younger)).isEqualTo(older);
        assertThat(younger.and(older)).isEqualTo(older);
        assertThat(Staleness.FRESH.and(older)).isEqualTo(older);
        assertThat(older.and(Staleness.FRESH)).isEqualTo(older);
        assertThat(Staleness.FRESH.and(Staleness.FRESH)).isEqualTo(Staleness.FRESH);
    }
}
