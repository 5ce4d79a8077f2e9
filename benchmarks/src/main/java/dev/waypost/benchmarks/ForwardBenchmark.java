package dev.waypost.benchmarks;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.forwarding.Forwarder;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * What a forwarded query costs, with an upstream on the loopback that answers at once: the upstream's own work, on the same
 * processors, is part of the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ForwardBenchmark {
    private static final int QUERIES = 1000;
    private static final long PATIENCE_NANOS = Query.DEFAULT_TIMEOUT.toNanos();

    @Param({"udp", "tcp"})
    private String transport;

    @Param({"1", "256"})
    private int inFlight;

    private final Query[] queries = new Query[QUERIES];
    private final LongAdder failures = new LongAdder();
    private EchoUpstream upstream;
    private Forwarder forwarder;

    /** Starts both ends. */
    @Setup
    public void start() throws IOException {
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = Query.of(Name.fromConstantString("n" + i + ".example."), Type.A);
        }
        upstream = new EchoUpstream();
        forwarder = Forwarder.builder()
                .upstream(upstream.address())
                .tcpOnly(transport.equals("tcp"))
                .build();
        forwarder.start();
    }

    /** Closes both ends. */
    @TearDown
    public void stop() throws IOException {
        forwarder.close();
        upstream.close();
        if (failures.sum() > 0) {
            throw new IllegalStateException(failures.sum() + " queries were not answered");
        }
    }

    /** A thousand questions, so many of them in flight at a time. */
    @Benchmark
    @OperationsPerInvocation(QUERIES)
    public void forward() {
        Semaphore places = new Semaphore(inFlight);
        for (Query query : queries) {
            places.acquireUninterruptibly();
            Query asked = query.withDeadline(Ticker.SYSTEM.nanoTime() + PATIENCE_NANOS);
            var unused = ((Pending) forwarder.resolve(asked)).settled().whenComplete((resolution, fault) -> {
                check(resolution);
                places.release();
            });
        }
        places.acquireUninterruptibly(inFlight);
    }

    private void check(Resolution resolution) {
        if (!(resolution instanceof Response response) || response.rcode() != Rcode.NOERROR) {
            failures.increment();
        }
    }
}
