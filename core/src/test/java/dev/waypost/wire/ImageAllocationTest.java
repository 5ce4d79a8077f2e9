package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.Transport;
import dev.waypost.testing.Patience;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import dev.waypost.wire.policy.RateLimit;
import dev.waypost.wire.policy.RateLimiter;
import dev.waypost.zone.Witness;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An image hit allocates nothing: octets are counted, not time. */
class ImageAllocationTest {
    private static final int HITS = 100_000;

    @Test
    void replayFromMemoryAllocatesNothing() {
        assertNothingAllocated(Response.answer(new Witness(), WireRecords.addresses("www.example.", 1)));
    }

    @Test
    void rotationAllocatesNothing() {
        assertNothingAllocated(Response.answer(new Witness(), WireRecords.addresses("www.example.", 8))
                .withRotatable(true));
    }

    @Test
    void countingTtlsDownAllocatesNothing() {
        Freshness hour =
                Freshness.until(Ticker.SYSTEM.nanoTime() + Duration.ofHours(1).toNanos());
        assertNothingAllocated(Response.answer(hour.and(new Witness()), WireRecords.addresses("www.example.", 8))
                .withRotatable(true));
    }

    @Test
    void aRateLimitAllocatesNothing() {
        RateLimiter limiter = new RateLimiter(RateLimit.perSecond(1_000_000), Ticker.SYSTEM.nanoTime());

        assertNothingAllocated(
                Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 1)),
                WirePolicy.OPEN.withRateLimiter(limiter));
    }

    private static void assertNothingAllocated(Response response) {
        assertNothingAllocated(response, WirePolicy.OPEN);
    }

    private static void assertNothingAllocated(Response response, WirePolicy policy) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM counts no allocated octets");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Route route = new Route("dns://:53", "example.", query -> response, List.of());
        WireResponder responder = new WireResponder(new OneRoute(route), 64, Ticker.SYSTEM);
        Client client = new Client(InetAddress.getLoopbackAddress(), 40000, Transport.UDP);
        ReplyPath path = new Unreachable(client);
        byte[] query = WireMessages.query("wWw.example.", Type.A).opt(1232).bytes();
        byte[] reply = new byte[1232];
        long thread = Thread.currentThread().getId();
        hit(responder, query, reply, path, policy); // the first miss

        long least = Long.MAX_VALUE;
        int octets = 0;
        // until what is hot is compiled: on a busy machine that comes late
        for (long began = System.nanoTime(); least >= HITS / 100 && isInTime(began); ) {
            long before = allocated(threads, thread);
            octets = hit(responder, query, reply, path, policy);
            least = Math.min(least, allocated(threads, thread) - before);
        }

        assertThat(least).as("octets for %d hits", HITS).isLessThan(HITS / 100);
        byte[] last = Arrays.copyOf(reply, octets / HITS);
        assertThat(WireProbe.parsed(last).getSection(Section.ANSWER))
                .hasSameSizeAs(response.answer().get(0).records());
    }

    private static boolean isInTime(long began) {
        return System.nanoTime() - began < Patience.LIMIT.toNanos();
    }

    private static long allocated(ThreadMXBean threads, long thread) {
        return threads.getThreadAllocatedBytes(thread);
    }

    private static int hit(WireResponder responder, byte[] query, byte[] reply, ReplyPath path, WirePolicy policy) {
        int octets = 0;
        for (int i = 0; i < HITS; i++) {
            query[1] = (byte) i;
            octets += responder.respond(query, query.length, reply, path, policy);
        }
        return octets;
    }

    private record OneRoute(Route dropped) implements Routes {
        @Override
        public Route route(Name qname, int qtype) {
            return dropped;
        }
    }

    private record Unreachable(Client client) implements ReplyPath {
        @Override
        public void send(byte[] reply) {
            throw new AssertionError("nothing was pending");
        }
    }
}
