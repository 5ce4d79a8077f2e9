package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1:53",
        "192.0.2.1:5353, 192.0.2.1:5353",
        "2001:db8::1, [2001:db8:0:0:0:0:0:1]:53",
        "[2001:db8::1], [2001:db8:0:0:0:0:0:1]:53",
        "[2001:db8::1]:5353, [2001:db8:0:0:0:0:0:1]:5353",
        "fe80::1%eth0, [fe80:0:0:0:0:0:0:1]:53"
    })
    void literalsAreRead(String text, String expected) {
        assertThat(AddressLiteral.socketAddress(text).map(AddressLiteral::format))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "resolver.example", "localhost", "localhost:53", "1.2.3", "1.2.3.256", "192.0.2.1:0",
                        "192.0.2.1:65536",
                "192.0.2.1:", ":53", "[192.0.2.1]:53", "[2001:db8::1", "2001:db8:::1", "[]:53", "]:53",
                        "/etc/resolv.conf"
            })
    void everythingElseIsNone(String text) {
        assertThat(AddressLiteral.socketAddress(text)).isEmpty();
    }

    @Test
    void nothingIsLookedUp() {
        // a name that a look-up would find
        assertThat(AddressLiteral.address("localhost")).isEmpty();
    }
}
