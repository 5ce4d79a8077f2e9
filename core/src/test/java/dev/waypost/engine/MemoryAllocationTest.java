package dev.waypost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.waypost.Query;
import dev.waypost.lookup.Question;
import dev.waypost.lookup.SearchList;
import dev.waypost.testing.Patience;
import dev.waypost.testing.Zones;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What a call of this JVM allocates that is answered from memory: octets are counted, not time. */
class MemoryAllocationTest {
    private static final int NAMES = 200;
    private static final int ROUNDS = 100;
    private static final int MOST_OF_A_QUERY = 100;
    private static final int MOST_OF_A_LOOKUP = 200;

    private static DnsEngine engine() {
        // counted through: hashes of such names are often equal
        String[] records = IntStream.range(0, NAMES)
                .mapToObj(i -> "web-" + i + " A 192.0.2.1")
                .toArray(String[]::new);
        return DnsEngine.builder()
                .zone(Zones.zone("example.org", records))
                .search(new SearchList(List.of(Zones.name("none.example.org"), Zones.name("example.org")), 5))
                .build();
    }

    /** The octets of each, as soon as they are no more than that. */
    private static double allocated(Runnable eachName, int most) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM counts no allocated octets");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        eachName.run(); // remembered from here on
        eachName.run();
        threads.getThreadAllocatedBytes(thread);
        double least = Double.MAX_VALUE;
        long began = System.nanoTime();
        // until the code is compiled: on a busy machine that comes late
        while (least > most && System.nanoTime() - began < Patience.LIMIT.toNanos()) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < ROUNDS; i++) {
                eachName.run();
            }
            double each = (double) (threads.getThreadAllocatedBytes(thread) - before) / (ROUNDS * NAMES);
            least = Math.min(least, each);
        }
        return least;
    }

    @Test
    void aTypedQueryAllocatesAHundredOctetsAtMost() {
        List<Query> queries = IntStream.range(0, NAMES)
                .mapToObj(i -> Query.of(Zones.name("web-" + i + ".example.org"), Type.A))
                .toList();
        try (DnsEngine engine = engine()) {
            assertThat(allocated(() -> queries.forEach(engine::resolve), MOST_OF_A_QUERY))
                    .isLessThanOrEqualTo(MOST_OF_A_QUERY);
        }
    }

    @Test
    void aLookupByTextAllocatesTwoHundredOctetsAtMost() {
        List<String> hosts = IntStream.range(0, NAMES).mapToObj(i -> "web-" + i).toList();
        try (DnsEngine engine = engine()) {
            assertThat(allocated(
                            () -> hosts.forEach(host -> engine.lookup(Question.addresses(host))), MOST_OF_A_LOOKUP))
                    .isLessThanOrEqualTo(MOST_OF_A_LOOKUP);
        }
    }
}
