package dev.waypost.wire.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.waypost.AddressBlock;
import dev.waypost.Metric;
import dev.waypost.wire.policy.RateLimiter.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {
    private static final long START = Long.MAX_VALUE - 1_000; // nanoTime may wrap
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static RateLimiter limiter(int perSecond) {
        return new RateLimiter(RateLimit.perSecond(perSecond), START);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static int admitted(RateLimiter limiter, String client, long nanoTime, int queries) {
        int admitted = 0;
        for (int i = 0; i < queries; i++) {
            admitted += limiter.admits(address(client), nanoTime) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void aSecondsWorthAtOnceAndThenAsManyAsTheRate() {
        RateLimiter limiter = limiter(10);

        assertThat(admitted(limiter, "192.0.2.1", START, 100)).isEqualTo(10);
        assertThat(admitted(limiter, "192.0.2.1", START + SECOND / 10, 100)).isEqualTo(1);
        assertThat(admitted(limiter, "192.0.2.1", START + SECOND, 100)).isEqualTo(9);
        assertThat(admitted(limiter, "192.0.2.1", START + 1000 * SECOND, 100))
                .as("a pause earns no more than the burst")
                .isEqualTo(10);
    }

    @Test
    void whoKeepsToTheRateIsNeverRefused() {
        RateLimiter limiter = limiter(10);

        for (int i = 0; i < 1000; i++) {
            assertThat(limiter.admits(address("192.0.2.1"), START + i * SECOND / 10))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.254, true",
        "192.0.2.1, 192.0.3.1, false",
        "2001:db8:1:200::1, 2001:db8:1:2ff:1::9, true",
        "2001:db8:1:200::1, 2001:db8:1:300::1, false",
    })
    void aNetworkSharesOneLimit(String one, String other, boolean shared) {
        RateLimiter limiter = limiter(5);
        admitted(limiter, one, START, 5);

        assertThat(admitted(limiter, other, START, 5)).isEqualTo(shared ? 0 : 5);
    }

    @Test
    void prefixesNeedNotEndAtAnOctet() {
        RateLimiter limiter = new RateLimiter(new RateLimit(1, 1, 0, 9, 1, List.of()), START);

        assertThat(admitted(limiter, "10.0.0.1", START, 2)).isEqualTo(1);
        assertThat(admitted(limiter, "10.127.0.1", START, 1)).isZero();
        assertThat(admitted(limiter, "10.128.0.1", START, 2)).isEqualTo(1);
    }

    @Test
    void theExemptAreNeverRefused() {
        List<AddressBlock> exempt = List.of(AddressBlock.parse("192.0.2.64/26"));
        RateLimiter limiter = new RateLimiter(new RateLimit(1, 1, 2, 24, 56, exempt), START);

        assertThat(admitted(limiter, "192.0.2.65", START, 100)).isEqualTo(100);
        assertThat(admitted(limiter, "192.0.2.1", START, 100)).isZero();
    }

    @Test
    void aFloodFromManyNetworksHoldsBackFewOthers() {
        RateLimiter limiter = limiter(5);
        for (int i = 0; i < 10_000; i++) { // of 65,536 buckets in each row
            admitted(limiter, "10." + (i >> 8) + "." + (i & 255) + ".1", START, 50);
        }
        int heldBack = 0;
        for (int i = 0; i < 1000; i++) {
            heldBack += limiter.admits(address("172.16." + (i & 255) + "." + (i >> 8)), START) ? 0 : 1;
        }
        assertThat(heldBack).as("of 1000, 20 would be expected").isLessThan(120);
    }

    @Test
    void ofQueriesOverTheLimitOneInSlipIsAnswered() {
        RateLimiter two = limiter(1);
        assertThat(List.of(two.refuse(), two.refuse(), two.refuse(), two.refuse()))
                .containsExactly(Refusal.SILENCE, Refusal.SLIP, Refusal.SILENCE, Refusal.SLIP);

        RateLimiter none = new RateLimiter(new RateLimit(1, 1, 0, 24, 56, List.of()), START);
        RateLimiter all = new RateLimiter(new RateLimit(1, 1, 1, 24, 56, List.of()), START);
        for (int i = 0; i < 10; i++) {
            assertThat(none.refuse()).isEqualTo(Refusal.SILENCE);
            assertThat(all.refuse()).isEqualTo(Refusal.SLIP);
        }
    }

    @Test
    void whatBecameOfThemIsCounted() {
        RateLimiter limiter = limiter(1);
        limiter.refuse();
        limiter.refuse();
        limiter.refuse();

        List<Metric> metrics = new ArrayList<>();
        limiter.collect(metrics::add);

        assertThat(metrics)
                .extracting(Metric::name, Metric::labels, each -> ((Metric.Counter) each).value())
                .containsExactly(
                        tuple("waypost_rate_limited_queries_total", Map.of("outcome", "silence"), 2.0),
                        tuple("waypost_rate_limited_queries_total", Map.of("outcome", "slip"), 1.0));
    }

    @Test
    void manyThreadsLoseNoCharge() throws Exception {
        RateLimiter limiter = limiter(1000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                counts.add(threads.submit(() -> admitted(limiter, "192.0.2.1", START, 10_000)));
            }
            int sum = 0;
            for (Future<Integer> count : counts) {
                sum += count.get();
            }
            assertThat(sum).as("at the very limit each thread may let one in").isBetween(1000, 1003);
            assertThat(admitted(limiter, "192.0.2.1", START, 1)).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void limitsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new RateLimit(0, 1, 2, 24, 56, List.of()))
                .hasMessage("perSecond wants 1..1000000, found 0");
        assertThatThrownBy(() -> new RateLimit(1, 0, 2, 24, 56, List.of())).hasMessageStartingWith("burst wants");
        assertThatThrownBy(() -> new RateLimit(1, 1, -1, 24, 56, List.of())).hasMessageStartingWith("slip wants");
        assertThatThrownBy(() -> new RateLimit(1, 1, 2, 33, 56, List.of()))
                .hasMessageStartingWith("ipv4PrefixLength wants");
        assertThatThrownBy(() -> new RateLimit(1, 1, 2, 24, 129, List.of()))
                .hasMessageStartingWith("ipv6PrefixLength wants");
    }
}
