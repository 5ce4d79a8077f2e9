package dev.waypost.examples.server;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.PresentFault;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A DNS server: CoreDNS's flags, CoreDNS's Corefile, Waypost's engine.
 *
 * <p>Without {@code -conf} it serves the packaged sample cluster on 127.0.0.1:1053.
 */
@CommandLine.Command(
        name = "waypost-server",
        sortOptions = false,
        description = "Serves DNS from a Corefile; without -conf, a sample cluster on 127.0.0.1:1053.")
public final class ServerMain implements Callable<Integer> {
    @Option(names = "-conf", paramLabel = "FILE", description = "the Corefile")
    private Optional<Path> corefile = Optional.empty();

    @Option(
            names = "-dns.port",
            paramLabel = "N",
            description = "port of server blocks that name none (53), or of the sample cluster (1053)")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "-quiet", description = "print nothing at start")
    private boolean quiet;

    @Option(names = "-version", description = "print the version and end")
    private boolean version;

    @Option(names = "-plugins", description = "print the directives that are understood, in their order, and end")
    private boolean plugins;

    @Option(names = "-validate", description = "check the Corefile and all it names, open nothing, and end")
    private boolean validate;

    @Option(
            names = "-kubedns-config",
            paramLabel = "FILE",
            description = "print the Corefile that means the same as a kube-dns ConfigMap, and end")
    private Optional<Path> kubeDnsConfig = Optional.empty();

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "print this and end")
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // replaced when the command line is read

    private ServerMain() {}

    /** Runs the server until it is told to end. */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return new CommandLine(new ServerMain()).setExecutionExceptionHandler((fault, command, parsed) -> {
            tell(fault, command.getErr());
            return ExitCode.SOFTWARE;
        });
    }

    /** What a user can mend is one line; anything else is a fault of ours and shows where. */
    private static void tell(Exception fault, PrintWriter to) {
        if (fault instanceof ConfigurationException || fault instanceof UncheckedIOException) {
            to.println("waypost-server: " + fault.getMessage());
        } else {
            fault.printStackTrace(to);
        }
        to.flush();
    }

    @Override
    public Integer call() throws InterruptedException {
        CorefilePlanner planner = CorefilePlanner.installed();
        if (version) {
            print(Version.text());
        } else if (plugins) {
            planner.directives().forEach(this::print);
        } else if (kubeDnsConfig.isPresent()) {
            print(KubeDnsTranslation.of(kubeDnsConfig.get()).stripTrailing());
        } else if (validate) {
            validate(planner);
        } else {
            serve(planner);
        }
        return ExitCode.OK;
    }

    private void validate(CorefilePlanner planner) {
        Path file = corefile.orElseThrow(() -> ConfigurationException.of("-validate", "wants -conf FILE, found none"));
        planner.plan(file).attachments(PresentFault.class).stream().findFirst().ifPresent(present -> {
            throw present.fault();
        });
        print(file + ": valid");
    }

    private void serve(CorefilePlanner planner) throws InterruptedException {
        ServerLog.toStandardOutput(quiet);
        StopSignal signal = new StopSignal();
        try {
            RunningServer server = started(planner);
            signal.serves(server::close);
            if (!quiet && !signal.isTold()) {
                server.describe(this::print);
            }
            new CountDownLatch(1).await(); // for ever: the signal ends the process
        } catch (InterruptedException stopped) {
            if (!signal.isTold()) {
                throw stopped;
            }
        } finally {
            signal.failed();
        }
    }

    private RunningServer started(CorefilePlanner planner) {
        return corefile.isPresent()
                ? RunningServer.of(
                        corefile.get(), port.map(planner::withDefaultPort).orElse(planner))
                : RunningServer.ofSampleCluster(port.orElse(SampleCluster.PORT));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
