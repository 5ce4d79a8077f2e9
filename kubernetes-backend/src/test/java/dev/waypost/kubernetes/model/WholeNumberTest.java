package dev.waypost.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeNumberTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "0, 0",
                "80, 80",
                "-1, -1",
                "010, 10",
                "8e1, 80",
                "80.0, 80",
                "9223372036854775807, 9223372036854775807",
                "9223372036854775808, 9223372036854775807",
                "-9223372036854775809, -9223372036854775808",
                "99999999999999999999999999999999999999, 9223372036854775807",
                "-99999999999999999999999999999999999999, -9223372036854775808",
                "1e999999999, 9223372036854775807",
                "-1e999999999, -9223372036854775808",
                "80.5, none",
                "1e-999999999, none",
                "0x50, none",
                "'', none",
                "http, none",
                "0.00000000000000000000000000000000000000, none",
            })
    void numberIsTheNearestOneThatFits(String text, Long number) {
        assertThat(WholeNumber.read(text)).isEqualTo(number);
    }
}
