package dev.waypost.wire.policy;

import dev.waypost.AddressBlock;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Keeps a {@link RateLimit}: a token bucket for each network, in memory of a fixed size.
 *
 * <p>A bucket is one number, the time by which the replies it gave out are paid for (the virtual scheduling of ITU-T I.371).
 * A network has a bucket in each of two rows, where others may share it, and is over its limit only when both say so: to
 * be held back for others' queries, one must share both. Which networks share is different in every limiter, so that nobody
 * can choose his neighbours. Allocates nothing for a query over IPv4; for one over IPv6 the address, which the JDK copies.
 * Safe for any number of threads.
 */
public final class RateLimiter implements MetricSource {
    /** What becomes of a query over the limit. */
    public enum Refusal {
        /** Nothing is sent. */
        SILENCE,
        /** A reply without records, by which an honest client comes back in a way that proves its address. */
        SLIP
    }

    private static final int ROW = 1 << 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final RateLimit limit;
    private final long intervalNanos;
    private final long patienceNanos;
    private final AtomicLongArray paidUntil = new AtomicLongArray(2 * ROW);
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final long epoch;
    private final AtomicInteger refusals = new AtomicInteger();
    private final LongAdder silenced = new LongAdder();
    private final LongAdder slipped = new LongAdder();

    /**
     * @param nanoTime the present {@link dev.waypost.Ticker} time
     */
    public RateLimiter(RateLimit limit, long nanoTime) {
        this.limit = limit;
        this.intervalNanos = NANOS_PER_SECOND / limit.perSecond();
        this.patienceNanos = (limit.burst() - 1) * intervalNanos;
        this.epoch = nanoTime;
    }

    /**
     * Whether a client's network is within its limit; one more reply is then counted.
     *
     * @param nanoTime the present {@link dev.waypost.Ticker} time
     */
    public boolean admits(InetAddress client, long nanoTime) {
        long network = network(client);
        int one = (int) (network >>> 48);
        int other = ROW + ((int) (network >>> 32) & ROW - 1);
        long now = nanoTime - epoch;
        if (Math.min(paidUntil.get(one), paidUntil.get(other)) - now > patienceNanos) {
            return isExempt(client);
        }
        charge(one, now);
        charge(other, now);
        return true;
    }

    /** No charge is lost, however many threads charge at once; so many queries may be let in together at the very limit. */
    private void charge(int bucket, long now) {
        long paid;
        do {
            paid = paidUntil.get(bucket);
        } while (!paidUntil.compareAndSet(bucket, paid, Math.max(paid, now) + intervalNanos));
    }

    /** Asked only of those over the limit, who are few or hostile. */
    private boolean isExempt(InetAddress client) {
        for (AddressBlock block : limit.exempt()) {
            if (block.contains(client)) {
                return true;
            }
        }
        return false;
    }

    /** A network as a number that differs from limiter to limiter. */
    private long network(InetAddress client) {
        return client instanceof Inet4Address ? ipv4Network(client.hashCode()) : ipv6Network(client.getAddress());
    }

    /** An IPv4 address is its own hash code in every JDK, and costs no array that way. */
    private long ipv4Network(int address) {
        return mixed(seed, address & -1 << Integer.SIZE - limit.ipv4PrefixLength());
    }

    private long ipv6Network(byte[] address) {
        long network = ~seed;
        int bits = limit.ipv6PrefixLength();
        for (int at = 0; bits > 0; at += Integer.BYTES, bits -= Integer.SIZE) {
            int word = ByteBuffer.wrap(address).getInt(at);
            network = mixed(network, bits >= Integer.SIZE ? word : word & -1 << Integer.SIZE - bits);
        }
        return network;
    }

    private static long mixed(long hash, int word) {
        long mixed = (hash ^ word) * MIX;
        return (mixed ^ mixed >>> 32) * MIX;
    }

    /** What to do about a query that was not admitted, which is counted. */
    public Refusal refuse() {
        boolean slips = limit.slip() > 0 && Math.floorMod(refusals.incrementAndGet(), limit.slip()) == 0;
        (slips ? slipped : silenced).increment();
        return slips ? Refusal.SLIP : Refusal.SILENCE;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        count(sink, "silence", silenced);
        count(sink, "slip", slipped);
    }

    private static void count(Consumer<Metric> sink, String outcome, LongAdder count) {
        sink.accept(new Metric.Counter(
                "waypost_rate_limited_queries_total",
                "Datagrams of networks over their limit, by what became of them.",
                Map.of("outcome", outcome),
                count.sum()));
    }
}
