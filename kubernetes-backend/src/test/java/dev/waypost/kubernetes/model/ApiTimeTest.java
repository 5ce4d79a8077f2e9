package dev.waypost.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Times of the API")
class ApiTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-26T23:59:59Z",
                "2024-02-29T12:00:00Z",
                "2026-12-31T23:59:59Z",
                "2026-11-01T00:00:00.123456Z",
                "2016-12-31T23:59:60Z",
                "1969-12-31T23:59:59Z",
            })
    void areReadAsTheJdkReadsThem(String time) {
        assertThat(ApiTime.millis(time)).isEqualTo(Instant.parse(time).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-11-01T25:00:00Z",
                "2026-11-01T00:61:00Z",
                "2026-11-01T00:00:61Z",
                "2026-11-01 00:00:00Z",
                "2026-11-0aT00:00:00Z",
            })
    void whatIsNoneIsUntold(String time) {
        assertThat(ApiTime.millis(time)).isEqualTo(EndpointSlice.UNTOLD);
    }
}
