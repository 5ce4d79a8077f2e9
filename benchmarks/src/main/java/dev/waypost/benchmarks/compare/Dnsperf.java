package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The load: dnsperf on the same machine.
 *
 * @param queries its data file
 * @param threads that ask
 * @param clients sockets that they ask from
 * @param outstanding queries under way at once, at most
 */
record Dnsperf(Path queries, int threads, int clients, int outstanding) {
    /**
     * What one run has counted.
     *
     * @param micros time of each answered query where they were asked for, in order of size
     */
    record Outcome(long completed, long lost, double perSecond, long[] micros) {
        /** @param share 0..1 @return the time within which that share was answered, in microseconds */
        long percentile(double share) {
            int index = (int) Math.ceil(share * micros.length) - 1;
            return micros.length == 0 ? 0 : micros[Math.max(0, index)];
        }
    }

    /** As many queries as the server answers, for some seconds. */
    Outcome flatOut(int port, int seconds) throws IOException {
        return run(port, List.of("-l", Integer.toString(seconds)));
    }

    /** A steady number of queries a second; each is timed. */
    Outcome paced(int port, int seconds, int perSecond) throws IOException {
        return run(port, List.of("-v", "-l", Integer.toString(seconds), "-Q", Integer.toString(perSecond)));
    }

    /** The data file once; each query is timed. */
    Outcome once(int port) throws IOException {
        return run(port, List.of("-v", "-n", "1"));
    }

    private Outcome run(int port, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of("dnsperf", "-s", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(List.of("-d", queries.toString(), "-c", Integer.toString(clients)));
        command.addAll(List.of("-T", Integer.toString(threads), "-q", Integer.toString(outstanding), "-t", "1"));
        command.addAll(more);
        Path output = Files.createTempFile(queries.getParent(), "dnsperf", ".txt"); // read when nobody is measured
        try {
            Children.start(command, output).waitFor();
            return read(output);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", told);
        } finally {
            Files.delete(output);
        }
    }

    private static Outcome read(Path output) throws IOException {
        long[] micros;
        try (Stream<String> lines = Files.lines(output)) {
            micros = lines.filter(line -> line.startsWith("> ") && !line.startsWith("> T "))
                    .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' '))) * 1e6))
                    .toArray();
        }
        Arrays.sort(micros);
        String text;
        try (Stream<String> lines = Files.lines(output)) {
            text = String.join(
                    "\n", lines.filter(line -> !line.startsWith("> ")).toList());
        }
        return new Outcome(
                (long) figure(text, "Queries completed:"),
                (long) figure(text, "Queries lost:"),
                figure(text, "Queries per second:"),
                micros);
    }

    private static double figure(String text, String name) throws IOException {
        Matcher found = Pattern.compile(Pattern.quote(name) + "\\s+([\\d.]+)").matcher(text);
        if (!found.find()) {
            throw new IOException("dnsperf tells no \"" + name + "\": " + text);
        }
        return Double.parseDouble(found.group(1));
    }
}
