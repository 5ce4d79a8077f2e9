package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs Waypost and other name servers side by side on the loopback, and prints what each of them costs. */
@Command(
        name = "benchmarks/compare",
        sortOptions = false,
        showDefaultValues = true,
        description = "Name servers side by side on 127.0.0.1, loaded in turn with dnsperf; Linux only.")
public final class Compare implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            defaultValue = "zone",
            description = "what they do: ${COMPLETION-CANDIDATES}; see benchmarks/README.md")
    private Scenario scenario = Scenario.ZONE;

    @Option(
            names = "-peers",
            split = ",",
            defaultValue = "waypost,knot,nsd,bind,unbound,dnsmasq,coredns",
            description = "who takes part; the first is compared with each other one")
    private List<Peer> peers = List.of();

    @Option(names = "-rounds", defaultValue = "4", description = "how often each is loaded, in turn")
    private int rounds;

    @Option(names = "-seconds", defaultValue = "2", description = "for how long each time")
    private int seconds;

    @Option(names = "-warm", defaultValue = "8", description = "seconds of load before the first round")
    private int warmSeconds;

    @Option(names = "-threads", defaultValue = "2", description = "threads of dnsperf")
    private int threads;

    @Option(names = "-clients", defaultValue = "8", description = "sockets that dnsperf asks from")
    private int clients;

    @Option(names = "-outstanding", defaultValue = "100", description = "queries under way at once, at most")
    private int outstanding;

    @Option(names = "-rate", defaultValue = "10000", description = "queries/s while times are taken")
    private int rate;

    @Option(names = "-sizes", split = ",", defaultValue = "10,1000000", description = "growth: names of the zones")
    private List<Integer> sizes = List.of();

    @Option(
            names = "-jvm",
            defaultValue = "-Xmx128m -XX:+UseSerialGC",
            description = "options of the JVM that Waypost runs on")
    private String jvm = "";

    @Option(
            names = "-jar",
            defaultValue = "examples/server/target/waypost-server.jar",
            description = "Waypost as a server")
    private Path jar = Path.of("");

    @Option(names = "-out", defaultValue = "benchmarks/target/compare", description = "folder for CSV and SVG files")
    private Path out = Path.of("");

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "print this and end")
    private boolean help;

    private Compare() {}

    /** Runs one scenario. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Compare())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((fault, line, parsed) -> {
                    line.getErr().println("benchmarks/compare: " + fault.getMessage());
                    return ExitCode.SOFTWARE;
                });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Plan plan = new Plan(
                peers,
                rounds,
                seconds,
                warmSeconds,
                threads,
                clients,
                outstanding,
                rate,
                sizes,
                jvm,
                jar.toAbsolutePath(),
                out);
        scenario.run(plan);
        return ExitCode.OK;
    }
}
