package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlocksTest {
    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,    192.0.2.0,       true",
        "192.0.2.0/24,    192.0.2.255,     true",
        "192.0.2.0/24,    192.0.3.0,       false",
        "192.0.2.0/24,    192.0.1.255,     false",
        "192.0.2.77/24,   192.0.2.1,       true",
        "192.0.2.128/25,  192.0.2.127,     false",
        "192.0.2.1,       192.0.2.1,       true",
        "192.0.2.1,       192.0.2.2,       false",
        "0.0.0.0/0,       255.255.255.255, true",
        "0.0.0.0/0,       2001:db8::1,     false",
        "::/0,            192.0.2.1,       false",
        "::/0,            2001:db8::1,     true",
        "2001:db8::/33,   2001:db8:8000::, false",
        "2001:db8::/33,   2001:db8:7fff::, true",
        "2001:db8::1,     2001:db8::1,     true",
        "2001:db8::1,     2001:db8::2,     false",
        "128.0.0.0/1,     127.255.255.255, false",
        "128.0.0.0/1,     128.0.0.0,       true",
    })
    void aBlockHoldsTheAddressesOfItsPrefix(String block, String address, boolean holds) {
        assertThat(AddressBlocks.of(List.of(AddressBlock.parse(block))).contains(address(address)))
                .isEqualTo(holds);
    }

    @Test
    void manyBlocksHoldWhatOneOfThemHolds() {
        Random random = new Random(20260801);
        List<AddressBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            blocks.add(AddressBlock.parse(
                    "10." + random.nextInt(4) + "." + random.nextInt(256) + ".0/" + (16 + random.nextInt(17))));
        }
        AddressBlocks all = AddressBlocks.of(blocks);
        for (int i = 0; i < 5_000; i++) {
            InetAddress address =
                    address("10." + random.nextInt(5) + "." + random.nextInt(256) + "." + random.nextInt(256));
            assertThat(all.contains(address))
                    .as("%s", address)
                    .isEqualTo(blocks.stream().anyMatch(block -> block.contains(address)));
        }
    }

    @Test
    void noBlocksHoldNothingAndAllHoldEverything() {
        assertThat(AddressBlocks.of(List.of()).contains(address("192.0.2.1"))).isFalse();
        assertThat(AddressBlocks.ALL.contains(address("192.0.2.1"))).isTrue();
        assertThat(AddressBlocks.ALL.contains(address("fe80::1%1"))).isTrue();
    }
}
