package dev.waypost.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks that have an allocation budget and prints a table; ends with 1 where a budget is broken.
 *
 * <p>What is allocated is exact, so that a short run will do. Time is reported beside it and never judged: it is the
 * machine's as much as ours.
 */
public final class AllocationBudgets {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** What JMH itself allocates between operations shows as a fraction of an octet. */
    private static final double NOISE_OCTETS = 0.5;

    private static final TimeValue ITERATION = TimeValue.milliseconds(500);

    /**
     * The most that an operation may allocate.
     *
     * @param benchmark class and method
     * @param octets for each operation
     * @param parameters name and value in turn, those that the budget is for; others have all their values
     */
    private record Budget(String benchmark, int octets, String... parameters) {}

    private static final List<Budget> BUDGETS = List.of(
            new Budget("ImageHitBenchmark.hit", 0),
            new Budget("CacheBenchmark.replay", 150), // what its observer, the cache, is told
            new Budget("ResolveBenchmark.again", 100),
            new Budget("LookupBenchmark.addresses", 200),
            new Budget("LookupBenchmark.noSuchName", 200),
            // from here on what was measured, and a tenth
            new Budget("ResolveBenchmark.afresh", 1_370, "asked", "CLUSTER_IP"),
            new Budget("ResolveBenchmark.afresh", 3_650, "asked", "HEADLESS"),
            new Budget("ResolveBenchmark.afresh", 30_300, "asked", "SRV"),
            new Budget("ResolveBenchmark.afresh", 800, "asked", "NXDOMAIN"),
            new Budget("ResolveBenchmark.afresh", 2_130, "asked", "EXTERNAL_NAME"),
            new Budget("ZoneSizeBenchmark.message", 1_420, "names", "10"),
            new Budget("FloodBenchmark.random", 1_410),
            new Budget("ClusterBenchmark.listReading", 7_540),
            new Budget("ClusterBenchmark.snapshotUpdate", 2_130),
            new Budget("ClusterBenchmark.watchEvent", 7_010),
            new Budget("CorefileBenchmark.load", 311_000));

    private AllocationBudgets() {}

    /** @param args a part of the names of the benchmarks to run; without it all run */
    public static void main(String[] args) throws RunnerException {
        String wanted = args.length == 0 ? "" : args[0];
        List<String> broken = new ArrayList<>();
        System.out.println("| benchmark | time | allocated | budget |\n|---|---:|---:|---:|");
        for (Budget budget : BUDGETS) {
            if (budget.benchmark().contains(wanted)) {
                for (RunResult result : measured(budget)) {
                    report(budget, result, broken);
                }
            }
        }
        broken.forEach(System.err::println);
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private static Iterable<RunResult> measured(Budget budget) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + budget.benchmark().replace(".", "\\.") + "$")
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .forks(1)
                .warmupIterations(4)
                .warmupTime(ITERATION)
                .measurementIterations(2)
                .measurementTime(ITERATION);
        for (int i = 0; i < budget.parameters().length; i += 2) {
            options.param(budget.parameters()[i], budget.parameters()[i + 1]);
        }
        return new Runner(options.build()).run();
    }

    private static void report(Budget budget, RunResult result, List<String> broken) {
        String name = budget.benchmark() + parameters(result);
        double allocated = Objects.requireNonNull(
                        result.getSecondaryResults().get(ALLOCATED), "this JVM counts no octets")
                .getScore();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f %s | %.1f B | %d B |%n",
                name,
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreUnit(),
                allocated,
                budget.octets());
        if (allocated > budget.octets() + NOISE_OCTETS) {
            broken.add(String.format(
                    Locale.ROOT, "%s allocates %.1f octets, its budget is %d", name, allocated, budget.octets()));
        }
    }

    private static String parameters(RunResult result) {
        Map<String, String> parameters = new LinkedHashMap<>();
        result.getParams()
                .getParamsKeys()
                .forEach(key -> parameters.put(key, result.getParams().getParam(key)));
        return parameters.isEmpty() ? "" : " " + parameters;
    }
}
