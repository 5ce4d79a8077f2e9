package dev.waypost.kubernetes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.kubernetes.model.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTrieTest {
    private final Random random = new Random(42);

    /** Few different octets, so that addresses share prefixes of every length. */
    private byte[] octets(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (random.nextInt(3) * 0x51);
        }
        return octets;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void holdsWhatAHashMapHoldsAfterAnyChange(int length) {
        Map<IpAddress, Integer> expected = new HashMap<>();
        AddressTrie<Integer> trie = AddressTrie.empty();
        for (int i = 0; i < 3000; i++) {
            IpAddress address = IpAddress.of(octets(length));
            if (random.nextInt(3) == 0) {
                expected.remove(address);
                trie = trie.without(address);
            } else {
                expected.put(address, i);
                trie = trie.with(address, i);
            }
            AddressTrie<Integer> now = trie;
            assertThat(now.get(address)).isEqualTo(expected.get(address));
        }
        AddressTrie<Integer> last = trie;
        expected.forEach((address, value) -> assertThat(last.get(address)).isEqualTo(value));
        for (int i = 0; i < 500; i++) {
            AddressPrefix network = new AddressPrefix(octets(length), random.nextInt(length * 8 + 1));
            assertThat(last.anyUnder(network, (address, value) -> value % 2 == 0))
                    .isEqualTo(expected.entrySet().stream()
                            .anyMatch(entry -> network.contains(entry.getKey()) && entry.getValue() % 2 == 0));
        }
        for (IpAddress address : expected.keySet()) {
            trie = trie.without(address);
        }
        assertThat(trie.anyUnder(new AddressPrefix(new byte[length], 0), (address, value) -> true))
                .isFalse();
    }

    @Test
    void questionForANetworkLooksAtFewOfFiftyThousandAddresses() {
        AddressTrie<Integer> trie = AddressTrie.empty();
        for (int i = 0; i < 50_000; i++) {
            trie = trie.with(IpAddress.of(new byte[] {10, 1, (byte) (i >> 8), (byte) i}), i);
        }
        int[] looks = {0};
        assertThat(trie.anyUnder(new AddressPrefix(new byte[] {10, 2, 0, 0}, 16), (address, value) -> ++looks[0] > 0))
                .isFalse();
        assertThat(looks[0]).isZero();
        assertThat(trie.anyUnder(new AddressPrefix(new byte[] {10, 1, 7, 0}, 24), (address, value) -> ++looks[0] > 0))
                .isTrue();
        assertThat(looks[0]).isEqualTo(1);
        looks[0] = 0;
        assertThat(trie.anyUnder(new AddressPrefix(new byte[] {10, 0, 0, 0}, 8), (address, value) -> ++looks[0] < 0))
                .isTrue();
        assertThat(looks[0]).isEqualTo(AddressTrie.MOST_LOOKED_AT);
    }

    @Test
    void changedCopyLeavesTheOriginal() {
        IpAddress address = IpAddress.of(new byte[] {10, 0, 0, 1});
        AddressTrie<Integer> one = AddressTrie.<Integer>empty().with(address, 1);
        AddressTrie<Integer> two = one.with(address, 2).with(IpAddress.of(new byte[] {10, 0, 0, 2}), 3);
        assertThat(one.get(address)).isEqualTo(1);
        assertThat(two.get(address)).isEqualTo(2);
        assertThat(two.without(address).get(address)).isNull();
        assertThat(two.get(address)).isEqualTo(2);
    }
}
