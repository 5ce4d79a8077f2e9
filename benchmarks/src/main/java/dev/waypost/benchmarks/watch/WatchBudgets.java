package dev.waypost.benchmarks.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the watch of 10,000 services with 100,000 endpoints against its budgets, and prints a table; ends with 1 where
 * one is broken.
 *
 * <p>The peak is not sampled but enforced: a second client lists and lists again in a heap of just the budget.
 */
public final class WatchBudgets {
    private static final long MIB = 1 << 20;
    private static final long MOST_RETAINED = 25 * MIB;
    private static final long MOST_LIST_MILLIS = 3000;
    private static final long MOST_EVENT_NANOS = 50_000;
    private static final long MOST_EVENT_OCTETS = 4096;
    private static final long MOST_P99_MICROS = 1000;
    private static final int EVENTS = 10_000;

    private boolean kept = true;

    private WatchBudgets() {}

    /** A JVM that answers each line with a line. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final Writer in;

        Child(Class<?> main, List<String> options, String... args) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
            command.addAll(List.of(args));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        }

        String read() throws IOException {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the child has ended");
            }
            return line;
        }

        String ask(String command) throws IOException {
            in.write(command + "\n");
            in.flush();
            return read();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        WatchBudgets budgets = new WatchBudgets();
        try (Child server = new Child(BudgetServer.class, List.of("-Xmx1g"))) {
            String url = server.read();
            System.out.println("| what | measured | budget |\n|---|---|---|");
            long retained = budgets.ordinary(server, url);
            budgets.inASmallHeap(server, url, retained);
        }
        System.exit(budgets.kept ? 0 : 1);
    }

    private long ordinary(Child server, String url) throws IOException {
        try (Child client = new Child(BudgetClient.class, List.of("-Xmx256m", "-XX:+UseSerialGC"), url)) {
            long millis = Long.parseLong(client.ask("list"));
            long retained = Long.parseLong(client.ask("heap"));
            row("first list, cold JVM", millis, MOST_LIST_MILLIS, "ms");
            row("retained heap", retained >> 10, MOST_RETAINED >> 10, "KiB");
            for (int warm = 0; warm < 2; warm++) {
                client.ask("cost");
                server.ask("events " + EVENTS);
                client.ask("event " + EVENTS);
            }
            String[] cost = client.ask("cost").split(" ");
            row("CPU of an endpoint event", Long.parseLong(cost[0]) / 1000, MOST_EVENT_NANOS / 1000, "µs");
            // All that the watch's thread allocates, from the socket to the witness. The slice and the copied path of
            // the
            // snapshot, which are kept, are in it: the budget would allow them besides.
            row("allocated for it, all in all", Long.parseLong(cost[1]), MOST_EVENT_OCTETS, "B");
            row("99 of 100 events answered within", Long.parseLong(client.ask("p99")), MOST_P99_MICROS, "µs");
            return retained;
        }
    }

    private void inASmallHeap(Child server, String url, long retained) throws IOException {
        long most = (retained * 13 / 10 + 20 * MIB) / MIB;
        List<String> options = List.of("-Xmx" + most + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        boolean lived = true;
        try (Child client = new Child(BudgetClient.class, options, url)) {
            client.ask("list");
            server.ask("relist");
            client.ask("relist");
        } catch (IOException ended) {
            lived = false;
        }
        kept &= lived;
        System.out.println("| first list and relist in a heap of " + most + " MiB (1.3 x retained + 20 MiB) | "
                + (lived ? "done" : "out of memory") + " | done |");
    }

    private void row(String what, long measured, long most, String unit) {
        kept &= measured <= most;
        System.out.println("| " + what + " | " + measured + " " + unit + (measured <= most ? "" : " (broken)") + " | "
                + most + " " + unit + " |");
    }
}
