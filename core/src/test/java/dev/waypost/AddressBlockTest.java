package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.77/24, 192.0.2.1, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1/32, 192.0.2.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
        "::ffff:192.0.2.0/24, 192.0.2.9, true"
    })
    void holds(String block, String address, boolean held) {
        assertThat(AddressBlock.parse(block)
                        .contains(AddressBlock.parse(address).network()))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/24/8",
                "2001:db8::/129",
                "192.0.2",
                "192.0.2.256",
                "localhost",
                "192.0.2.0/24x",
                "192.0.2.0/ 24",
                "fe80::1%eth0",
                "*"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isWrittenByItsFirstAddress() {
        assertThat(AddressBlock.parse("192.0.2.77/24")).hasToString("192.0.2.0/24");
        assertThat(AddressBlock.parse("192.0.2.77/32")).hasToString("192.0.2.77");
        assertThat(AddressBlock.parse("192.0.2.77/32").isSingle()).isTrue();
        assertThat(AddressBlock.parse("192.0.2.77/31").isSingle()).isFalse();
        assertThat(AddressBlock.parse("192.0.2.77/24")).isEqualTo(AddressBlock.parse("192.0.2.0/24"));
    }
}
