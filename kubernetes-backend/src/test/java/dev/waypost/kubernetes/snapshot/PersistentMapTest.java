package dev.waypost.kubernetes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    /** Keys whose hashes collide wholly for equal {@code bucket}s. */
    private record Key(int bucket, int number) {
        @Override
        public int hashCode() {
            return bucket;
        }
    }

    @Test
    void holdsWhatAHashMapHoldsAfterAnyChange() {
        Random random = new Random(42);
        Map<Key, Integer> expected = new HashMap<>();
        PersistentMap<Key, Integer> map = PersistentMap.empty();
        for (int i = 0; i < 20_000; i++) {
            Key key = new Key(random.nextInt(300), random.nextInt(3));
            if (random.nextInt(3) == 0) {
                expected.remove(key);
                map = map.without(key);
            } else {
                expected.put(key, i);
                map = map.with(key, i);
            }
        }
        assertSame(map, expected);
        for (Key key : Map.copyOf(expected).keySet()) {
            expected.remove(key);
            map = map.without(key);
        }
        assertSame(map, expected);
    }

    private static void assertSame(PersistentMap<Key, Integer> map, Map<Key, Integer> expected) {
        Map<Key, Integer> held = new HashMap<>();
        map.forEach(held::put);
        assertThat(held).isEqualTo(expected);
        assertThat(map.size()).isEqualTo(expected.size());
        expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
        assertThat(map.get(new Key(-1, 0))).isNull();
    }

    @Test
    void changedCopyLeavesTheOriginal() {
        PersistentMap<String, Integer> one =
                PersistentMap.<String, Integer>empty().with("a", 1);
        PersistentMap<String, Integer> two = one.with("b", 2).with("a", 3);
        assertThat(one.size()).isEqualTo(1);
        assertThat(one.get("a")).isEqualTo(1);
        assertThat(two.get("a")).isEqualTo(3);
        assertThat(two.without("a").get("a")).isNull();
        assertThat(two.get("a")).isEqualTo(3);
        assertThat(one.without("b")).isSameAs(one);
    }
}
