package dev.waypost.benchmarks;

import java.net.InetAddress;
import java.net.UnknownHostException;
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

/**
 * What {@code InetAddress.getAllByName} costs a program that is as it was: a name of a cluster with the agent, where the JDK
 * caches nothing and every answer is the present one; and a name of the hosts file that the JDK keeps for 30 seconds, or does
 * not keep.
 *
 * <p>Wants JDK 21, the agent's jar, and the root of the repository as its working directory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InetAddressBenchmark {
    /** For JMH. */
    public InetAddressBenchmark() {}

    /** From the engine, each time. */
    @Benchmark
    @Fork(
            value = 2,
            jvmArgsAppend = "-javaagent:jvm-adapter/agent/target/waypost-agent.jar=benchmarks/src/main/agent/Corefile")
    public InetAddress[] agent() throws UnknownHostException {
        return InetAddress.getAllByName("web.shop.svc.cluster.local");
    }

    /** From the JDK's cache, for nearly all of the time. */
    @Benchmark
    @Fork(2)
    public InetAddress[] jdkCached() throws UnknownHostException {
        return InetAddress.getAllByName("localhost");
    }

    /** From the hosts file, each time. */
    @Benchmark
    @Fork(value = 2, jvmArgsAppend = "-Dsun.net.inetaddr.ttl=0")
    public InetAddress[] jdkUncached() throws UnknownHostException {
        return InetAddress.getAllByName("localhost");
    }
}
