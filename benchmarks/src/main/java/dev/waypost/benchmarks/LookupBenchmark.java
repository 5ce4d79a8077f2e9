package dev.waypost.benchmarks;

import dev.waypost.Query;
import dev.waypost.Resolution;
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
import org.xbill.DNS.Type;

/** What an answer from memory costs a program: a typed query, and a look-up by text with a search list of three. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
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

    private final Query query = Query.of(Name.fromConstantString("web.shop.svc.cluster.local."), Type.A);
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

    /** A query object, a response object. */
    @Benchmark
    public Resolution typedQuery() {
        return engine.resolve(query);
    }

    /** A text, two candidates of the search list, both families, Java addresses. */
    @Benchmark
    public Lookup<List<InetAddress>> lookupByText() {
        return engine.addresses("web.shop");
    }
}
