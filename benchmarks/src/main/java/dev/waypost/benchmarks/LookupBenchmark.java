package dev.waypost.benchmarks;

import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.SearchList;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.Name;

/** What a look-up by text costs a program: a name of a cluster, completed by a search list of three. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LookupBenchmark {
    private static final String CLUSTER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: 192.0.2.10, ports: [{name: http, port: 80}]}
            """;

    private final DnsEngine engine;

    /** An engine over one service. */
    public LookupBenchmark() {
        KubernetesBackend cluster = KubernetesBackend.inMemory().build();
        cluster.replace(CLUSTER);
        engine = DnsEngine.builder()
                .backend(cluster)
                .search(SearchList.ofPod("checkout", Name.fromConstantString("cluster.local.")))
                .build();
    }

    /** Starts the engine. */
    @Setup
    public void start() {
        engine.start();
    }

    /** Closes the engine. */
    @TearDown
    public void stop() {
        engine.close();
    }

    /** Two candidates of the search list, both families, Java addresses. */
    @Benchmark
    public Lookup<List<InetAddress>> addresses() {
        return engine.addresses("web.shop");
    }

    /** Every candidate of the search list, and none of them is there. */
    @Benchmark
    public Lookup<List<InetAddress>> noSuchName() {
        return engine.addresses("wbe.shop");
    }
}
