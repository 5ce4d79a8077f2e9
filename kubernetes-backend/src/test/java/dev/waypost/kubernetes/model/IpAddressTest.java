package dev.waypost.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @DisplayName("RFC 5952: one address has one text, however it was spelled")
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::, 2001:db8::",
        "::, ::",
        "::1, ::1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:c000:201, 192.0.2.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
    })
    void literalIsReadAndWrittenCanonically(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                "a.b.c.d",
                "localhost",
                "example.com",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::g",
                "fe80::1%eth0",
                "1:2:3:4:5:6:7:8::",
                "::192.0.2.1:1",
                "192.0.2.1::",
                "1.2.3.4:5::",
                "::1.2.3",
                "[::1]",
                "-1.2.3.4",
                "١.2.3.4"
            })
    void whatIsNoLiteralIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @ParameterizedTest
    @DisplayName("The endpoint's label")
    @CsvSource({
        "192.0.2.1, 192-0-2-1",
        "5678:abcd::1, 5678-abcd--1",
        "2001:db8::, 2001-db8--0",
        "2001:db8:1:2:3:4:5:6, 2001-db8-1-2-3-4-5-6"
    })
    void dashedLabelLeadsBackToTheAddress(String text, String label) {
        IpAddress address = IpAddress.parse(text);
        assertThat(address).isNotNull();
        assertThat(address.dashed()).isEqualTo(label);
        assertThat(IpAddress.parseDashed(label)).isEqualTo(address);
    }

    @Test
    void spellingsOfOneAddressAreEqual() {
        assertThat(IpAddress.parse("2001:db8:0:0::1")).isEqualTo(IpAddress.parse("2001:DB8::0:1"));
        assertThat(IpAddress.parse("::ffff:192.0.2.1"))
                .isEqualTo(IpAddress.parse("192.0.2.1"))
                .hasSameHashCodeAs(IpAddress.parse("192.0.2.1"));
    }
}
