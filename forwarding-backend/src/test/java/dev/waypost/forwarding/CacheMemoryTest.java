package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.testing.DnsAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What a cache takes of the heap, and what a flood of names does to it. */
class CacheMemoryTest {
    private static final int HOT = 1_000;
    private static final int RANDOM = 100_000;
    private static final int SEED = 56;

    private final AtomicInteger asked = new AtomicInteger();

    private Resolver cache(CacheBuilder builder) {
        return builder.build().over(query -> {
            asked.incrementAndGet();
            return CacheProbe.answered(query.qname() + " 3600 A 192.0.2.1");
        });
    }

    private static Query hot(int number) {
        return Questions.a("hot" + number + ".example.");
    }

    private int hotNamesThatAreGone(Resolver cache) {
        asked.set(0);
        for (int i = 0; i < HOT; i++) {
            cache.resolve(hot(i));
        }
        return asked.get();
    }

    @Test
    @DisplayName("100,000 random names, ten for each question for one of 1,000 hot ones, leave these cached")
    void floodLeavesWhatIsAskedAgainAndAgain() {
        Resolver cache = cache(CachingLayer.builder().successBytes(2_000_000));
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM; i++) {
            cache.resolve(random(random));
            if (i % 10 == 0) {
                cache.resolve(hot(i / 10 % HOT));
            }
        }
        assertThat(hotNamesThatAreGone(cache)).isLessThan(HOT / 100);
    }

    @Test
    @DisplayName("100,000 random names in one burst leave the 1,000 that were hot before")
    void burstLeavesWhatWasHotBefore() {
        Resolver cache = cache(CachingLayer.builder());
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM / 5; i++) {
            cache.resolve(random(random)); // a cache in service: full
        }
        for (int round = 0; round < 5; round++) {
            hotNamesThatAreGone(cache);
        }
        for (int i = 0; i < RANDOM; i++) {
            cache.resolve(random(random));
        }
        assertThat(hotNamesThatAreGone(cache)).isLessThan(HOT / 100);
    }

    private static Query random(Random random) {
        return Questions.a(Long.toHexString(random.nextLong()) + ".example.");
    }

    /** What answers are made of. */
    enum Shape {
        ADDRESS(Type.A, "% 3600 A 192.0.2.1"),
        EIGHT_ADDRESSES(Type.AAAA, """
            % 3600 AAAA 2001:db8::1
            % 3600 AAAA 2001:db8::2
            % 3600 AAAA 2001:db8::3
            % 3600 AAAA 2001:db8::4
            % 3600 AAAA 2001:db8::5
            % 3600 AAAA 2001:db8::6
            % 3600 AAAA 2001:db8::7
            % 3600 AAAA 2001:db8::8
            """),
        ALIASES(
                Type.A,
                "% 3600 CNAME first.cdn.example.",
                "first.cdn.example. 3600 CNAME second.cdn.example.",
                "second.cdn.example. 3600 A 192.0.2.1"),
        TEXT(Type.TXT, "% 3600 TXT \"" + "waypost ".repeat(25) + "\" \"" + "waypost ".repeat(25) + "\""),
        DENIAL(Type.A, "example. 3600 SOA ns.example. hostmaster.example. 1 7200 1800 86400 3600");

        private final int type;
        private final List<String> sets;

        Shape(int type, String... sets) {
            this.type = type;
            this.sets = List.of(sets);
        }

        Response to(Query query) {
            List<RecordSet> sets = new ArrayList<>();
            for (String set : this.sets) {
                sets.add(RecordSet.of(set.lines()
                        .map(record ->
                                Replies.record(record.replace("%", query.qname().toString())))
                        .toList()));
            }
            return this == DENIAL
                    ? CacheProbe.forwarded(Rcode.NXDOMAIN).withAuthority(sets)
                    : CacheProbe.forwarded(Rcode.NOERROR).withAnswer(sets);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    @DisplayName("the heap stays within the bound, and the bound is used")
    void heapStaysWithinTheBound(Shape shape) {
        filled(shape, 1_000_000); // whatever is loaded once is not the cache's
        long bound = 8_000_000;
        long before = usedHeap();
        CachingLayer layer = filled(shape, bound);
        long used = usedHeap() - before;
        assertThat(layer.stores().bytes()).isLessThanOrEqualTo(bound);
        assertThat(layer.stores().successes().evictions()
                        + layer.stores().denials().evictions())
                .isPositive();
        assertThat(used).isLessThanOrEqualTo(bound);
        assertThat(used).isGreaterThan(bound / 2);
    }

    /** A cache that was asked for more than it holds. */
    private static CachingLayer filled(Shape shape, long bound) {
        CachingLayer layer = CachingLayer.builder()
                .successBytes(bound)
                .denialBytes(bound)
                .prefetch(2, Duration.ofMinutes(1), 10)
                .build();
        Resolver cache = layer.over(shape::to);
        for (int i = 0; i < bound / 400; i++) {
            Query query = Questions.a("name" + i + ".some.where.example.").withQtype(shape.type);
            Response told = DnsAssertions.response(cache.resolve(query));
            told.answer().forEach(RecordSet::records); // what a program asks for is not the cache's to keep
        }
        return layer;
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
