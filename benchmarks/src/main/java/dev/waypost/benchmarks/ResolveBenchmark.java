package dev.waypost.benchmarks;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What a typed query costs that a Kubernetes zone answers, {@value #NAMES} names of a kind in turn. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ResolveBenchmark {
    private static final int NAMES = 500;

    /** What is asked for. */
    public enum Asked {
        /** The address of a service. */
        CLUSTER_IP("web-%d", Type.A),
        /** Ten addresses of a headless service. */
        HEADLESS("db-%d", Type.A),
        /** Ten targets and their addresses. */
        SRV("_sql._tcp.db-%d", Type.SRV),
        /** Nothing. */
        NXDOMAIN("none-%d", Type.A),
        /** A name that is in no zone here. */
        EXTERNAL_NAME("pay-%d", Type.A);

        private final String label;
        private final int qtype;

        Asked(String label, int qtype) {
            this.label = label;
            this.qtype = qtype;
        }

        private Query query(int number) {
            String name = String.format(label, number) + "." + ClusterText.NAMESPACE + ".svc.cluster.local.";
            return Query.of(Name.fromConstantString(name), qtype);
        }
    }

    @Param
    private Asked asked;

    private final Query[] queries = new Query[NAMES];
    private final DnsEngine engine;
    private final Resolver zone;
    private int turn;

    /** An engine over a cluster. */
    public ResolveBenchmark() {
        KubernetesBackend cluster = KubernetesBackend.inMemory().build();
        cluster.replace(ClusterText.manifest(NAMES));
        engine = DnsEngine.builder().backend(cluster).build();
        zone = new AuthoritativeResolver(cluster.zones().get(0), FallthroughZones.NONE, engine);
    }

    /** Makes the queries and starts the engine. */
    @Setup
    public void start() {
        for (int i = 0; i < NAMES; i++) {
            queries[i] = asked.query(i);
        }
        engine.start();
    }

    /** Closes the engine. */
    @TearDown
    public void stop() {
        engine.close();
    }

    private Query next() {
        turn = turn + 1 == NAMES ? 0 : turn + 1;
        return queries[turn];
    }

    /** As a program asks: what was answered before is said again while it is true. */
    @Benchmark
    public Resolution again() {
        return engine.resolve(next());
    }

    /** As it is the first time: the name is read, the objects are found, the records are made. */
    @Benchmark
    public Resolution afresh() {
        return zone.resolve(next());
    }
}
