package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@DisplayName("What an event of endpoints costs")
class EventAllocationTest {
    private static final long MOST_OCTETS = 4096;
    private static final int EVENTS = 500;
    private static final int MOST_ROUNDS = 60;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Ten endpoints with all that a cluster writes of each; the first one moves. */
    private static String endpoints(String moved) {
        return IntStream.range(0, 10)
                .mapToObj(i -> "{\"addresses\":[\"" + (i == 0 ? moved : "198.51.100." + i)
                        + "\"],\"conditions\":{\"ready\":true,\"serving\":true,\"terminating\":false},\"nodeName\":\"node-"
                        + i
                        + ".example\",\"zone\":\"region-1a\",\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"shop\","
                        + "\"name\":\"orders-7c9d6f5b8-" + i + "\",\"uid\":\"6f1d0c5e-93f1-4b53-9b2f-000000000000\"}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void put(WatchedCluster cluster, String moved) {
        String slice = "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"orders-1\",\"uid\":"
                + "\"6f1d0c5e-93f1-4b53-9b2f-000000000001\",\"resourceVersion\":\"$VERSION\",\"labels\":{"
                + "\"kubernetes.io/service-name\":\"orders\",\"app.kubernetes.io/name\":\"orders\"},\"annotations\":{"
                + "\"endpoints.kubernetes.io/last-change-trigger-time\":\"2026-11-01T00:00:00Z\"},\"managedFields\":[{"
                + "\"manager\":\"kube-controller-manager\",\"fieldsV1\":{\"f:endpoints\":{},\"f:ports\":{}}}]},"
                + "\"addressType\":\"IPv4\",\"endpoints\":" + endpoints(moved)
                + ",\"ports\":[{\"name\":\"http\",\"protocol\":\"TCP\",\"port\":8080}]}";
        cluster.api().put(WatchedCluster.SLICES, "shop/orders-1", slice);
    }

    /** Threads that watch: those of a test before this one may be ending. */
    private static List<Long> watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("waypost-watch-endpointslices"))
                .map(Thread::getId)
                .toList();
    }

    /** Octets for each event, over so many of them. */
    private long octets(WatchedCluster cluster, long thread, int round) {
        long before = threads.getThreadAllocatedBytes(thread);
        for (int event = 1; event < EVENTS; event++) {
            put(cluster, "198.51.100." + (100 + event % 100));
        }
        put(cluster, "203.0.113." + round);
        Name last = Zones.name("203-0-113-" + round + ".orders.shop.svc.cluster.local.");
        await().until(() -> Transcript.find(cluster.backend(), last, Type.A) instanceof Finding.Found);
        return (threads.getThreadAllocatedBytes(thread) - before) / EVENTS;
    }

    @Test
    @DisplayName("is no more than 4 KiB of the heap, what it changes included, once its code is compiled")
    void allocatesLittle() {
        try (WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK)) {
            cluster.startAndWait();
            long thread = await().until(EventAllocationTest::watching, ours -> ours.size() == 1)
                    .get(0);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && least > MOST_OCTETS; round++) {
                least = Math.min(least, octets(cluster, thread, round));
            }
            assertThat(least).isPositive().isLessThanOrEqualTo(MOST_OCTETS);
        }
    }
}
