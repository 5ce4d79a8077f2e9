package dev.waypost.benchmarks.watch;

import com.sun.management.ThreadMXBean;
import dev.waypost.Metric;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.WatchReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A backend on a large cluster. Takes commands from its input and prints a figure for each: {@code list} (milliseconds to
 * the end of the first lists), {@code heap} (octets retained by it), {@code relist} (waits for the second lists), {@code
 * event COUNT} (waits for so many events more), {@code cost} (nanoseconds of CPU and octets allocated for each event since
 * the last {@code cost}), {@code p99} (upper bound of 99 of 100 events' time to their answer, in microseconds).
 */
public final class BudgetClient {
    private static final String SLICES = "endpointslices";
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final KubernetesBackend backend;
    private final long emptyHeap;
    private long seen;
    private long cpuNanos;
    private long allocated;
    private long counted;

    private BudgetClient(URI api) {
        backend = KubernetesBackend.api(api)
                .zones("cluster.local", "in-addr.arpa")
                .build();
        emptyHeap = usedHeap();
    }

    /** @param args the URL of the API server */
    public static void main(String[] args) throws IOException {
        BudgetClient client = new BudgetClient(URI.create(args[0]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(client.obey(line.split(" ")));
        }
        client.backend.close();
    }

    private String obey(String[] command) {
        return switch (command[0]) {
            case "list" -> Long.toString(list());
            case "heap" -> {
                // Only then has the list let go of what it took to be read.
                await(() -> backend.watches().stream().allMatch(each -> each.watches() > 0));
                yield Long.toString(usedHeap() - emptyHeap);
            }
            case "relist" -> {
                await(() -> report("services").lists() > 1 && report(SLICES).lists() > 1);
                yield Long.toString(report(SLICES).lists());
            }
            case "event" -> {
                seen += Long.parseLong(command[1]);
                await(() -> distribution().stream().mapToLong(Long::longValue).sum() >= seen);
                yield Long.toString(seen);
            }
            case "cost" -> cost();
            case "p99" -> Long.toString(p99Micros());
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private long list() {
        long began = System.nanoTime();
        backend.start();
        await(() -> backend.readiness().ready());
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("waited too long");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private WatchReport report(String resource) {
        return backend.watches().stream()
                .filter(each -> each.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime heap = Runtime.getRuntime();
        return heap.totalMemory() - heap.freeMemory();
    }

    /** What the watch's own thread has spent since the last call, for each event. */
    private String cost() {
        long id = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("waypost-watch-" + SLICES))
                .mapToLong(Thread::getId)
                .findFirst()
                .orElseThrow();
        long cpu = threads.getThreadCpuTime(id);
        long octets = threads.getThreadAllocatedBytes(id);
        long events = Math.max(1, seen - counted);
        String cost = (cpu - cpuNanos) / events + " " + (octets - allocated) / events;
        cpuNanos = cpu;
        allocated = octets;
        counted = seen;
        return cost;
    }

    private List<Long> distribution() {
        return latency().map(Metric.Distribution::counts).orElse(List.of());
    }

    private Optional<Metric.Distribution> latency() {
        List<Metric> metrics = new ArrayList<>();
        backend.collect(metrics::add);
        return metrics.stream()
                .filter(metric -> metric.name().equals("waypost_kubernetes_event_visible_seconds")
                        && SLICES.equals(metric.labels().get("resource")))
                .map(Metric.Distribution.class::cast)
                .findFirst();
    }

    private long p99Micros() {
        Metric.Distribution latency = latency().orElseThrow();
        long all = latency.counts().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (int i = 0; i < latency.upperBounds().size(); i++) {
            below += latency.counts().get(i);
            if (below * 100 >= all * 99) {
                return Math.round(latency.upperBounds().get(i) * 1e6);
            }
        }
        return Long.MAX_VALUE;
    }
}
