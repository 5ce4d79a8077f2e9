package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A name server that was started here, with the processes that it started itself. Linux only: it reads {@code /proc}. */
final class RunningPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration ATTEMPT = Duration.ofMillis(20);

    private final String label;
    private final int port;
    private final Process process;
    private final Path log;
    private final long began = System.nanoTime();

    private RunningPeer(String label, int port, Process process, Path log) {
        this.label = label;
        this.port = port;
        this.process = process;
        this.log = log;
    }

    /**
     * CPU time since a process began.
     *
     * @param userMicros spent in its own code
     * @param systemMicros spent in the kernel for it
     */
    record Cpu(long userMicros, long systemMicros) {
        Cpu since(Cpu earlier) {
            return new Cpu(userMicros - earlier.userMicros, systemMicros - earlier.systemMicros);
        }
    }

    /** Starts a server; its output goes to a file. */
    static RunningPeer start(String label, int port, List<String> command, Path log) throws IOException {
        return new RunningPeer(label, port, Children.start(command, log), log);
    }

    String label() {
        return label;
    }

    int port() {
        return port;
    }

    /**
     * Waits for the first answer to a question that has records.
     *
     * @return milliseconds since the process was started
     * @throws IOException with the end of what the server has said, when it ends or stays silent
     */
    long awaitAnswer(Question question) throws IOException {
        while (System.nanoTime() - began < PATIENCE.toNanos() && process.isAlive()) {
            if (question.ask(port, ATTEMPT)
                    .filter(answer -> answer.startsWith("NOERROR") && !answer.endsWith("[]"))
                    .isPresent()) {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            }
            pause();
        }
        throw new IOException(label + " does not answer " + question.line() + ": " + Files.readString(log));
    }

    /** Between two questions: a port that nobody listens on refuses at once. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(2);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(each -> Path.of("/proc", Long.toString(each.pid())))
                .toList();
    }

    /** CPU time of its processes so far. */
    Cpu cpu() throws IOException {
        long user = 0;
        long system = 0;
        for (Path each : processes()) {
            String stat = Files.readString(each.resolve("stat"));
            // The second field is the program's name, which may hold anything; utime and stime are the 14th and 15th.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            user += Long.parseLong(fields[11]);
            system += Long.parseLong(fields[12]);
        }
        long microsPerTick = TimeUnit.SECONDS.toMicros(1) / 100; // USER_HZ is 100 on every Linux that runs a JVM
        return new Cpu(user * microsPerTick, system * microsPerTick);
    }

    /** Resident memory of its processes in KiB; what they share counts once. */
    long residentKib() throws IOException {
        long sum = 0;
        for (Path each : processes()) {
            try (Stream<String> lines = Files.lines(each.resolve("smaps_rollup"))) {
                sum += lines.filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            }
        }
        return sum;
    }

    /** Ends it, and waits for that. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException told) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
