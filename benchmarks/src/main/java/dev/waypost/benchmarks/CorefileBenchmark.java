package dev.waypost.benchmarks;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.EnginePlan;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read a Corefile of two server blocks and to plan an engine from it; nothing is opened. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CorefileBenchmark {
    private static final String COREFILE = """
            .:1053 {
                errors
                health 127.0.0.1:18080 {
                    lameduck 5s
                }
                ready 127.0.0.1:18181
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    endpoint http://127.0.0.1:18443
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                prometheus 127.0.0.1:19153
                forward . 127.0.0.1:18053 {
                    max_concurrent 1000
                }
                cache 30
                loop
                loadbalance
            }
            shop.example:1053 {
                errors
                hosts {
                    192.0.2.1 www.shop.example
                    192.0.2.2 mail.shop.example
                    fallthrough
                }
                rewrite name exact old.shop.example www.shop.example
                template IN A tpl.shop.example {
                    answer "{{ .Name }} 60 IN A 192.0.2.9"
                }
            }
            """;

    private final CorefilePlanner planner = CorefilePlanner.installed();

    /** Reads and plans. */
    @Benchmark
    public EnginePlan load() {
        return planner.plan(COREFILE, "Corefile", Path.of("."));
    }
}
