package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of a scenario as a table of medians, as CSV round by round, and as a chart. */
final class Report {
    private static final String HEAD =
            "| server | queries/s | CPU user, µs/query | system | together | p50, µs | p99, µs | resident, MiB | lost |\n"
                    + "|---|--:|--:|--:|--:|--:|--:|--:|--:|";
    private static final String CSV_HEAD =
            "server,round,queries_per_second,user_us,system_us,resident_mib,lost,p50_us,p99_us,p999_us,max_us";

    private final Map<String, List<Round>> flatOut;
    private final Map<String, List<Round>> paced;

    Report(List<Round> flatOut, List<Round> paced) {
        this.flatOut = byLabel(flatOut);
        this.paced = byLabel(paced);
    }

    private static Map<String, List<Round>> byLabel(List<Round> rounds) {
        Map<String, List<Round>> byLabel = new LinkedHashMap<>();
        rounds.forEach(round ->
                byLabel.computeIfAbsent(round.label(), any -> new ArrayList<>()).add(round));
        return byLabel;
    }

    /** The middle one of the rounds, or the mean of the two in the middle. */
    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Prints the table, then what the first server's figures are to those of each other one. */
    void print(PrintStream out, List<String> absent) {
        out.println(HEAD);
        flatOut.forEach((label, rounds) -> out.println(row(label, rounds, paced.getOrDefault(label, List.of()))));
        absent.forEach(label -> out.println("| " + label + " | not here | | | | | | | |"));
        String first = flatOut.keySet().iterator().next();
        flatOut.keySet().stream()
                .filter(label -> !label.equals(first))
                .forEach(label -> out.println(ratio(first, label)));
    }

    private static String row(String label, List<Round> flat, List<Round> timed) {
        String times = timed.isEmpty()
                ? " | "
                : String.format(
                        Locale.ROOT,
                        "%.0f | %.0f",
                        median(timed, round -> round.percentile(0.5)),
                        median(timed, round -> round.percentile(0.99)));
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.2f | %s | %.1f | %.0f |",
                label,
                median(flat, Round::perSecond),
                median(flat, Round::userMicros),
                median(flat, Round::systemMicros),
                median(flat, Round::cpuMicros),
                times,
                median(flat, Round::residentMib),
                flat.stream().mapToDouble(Round::lost).sum());
    }

    /** Rounds are compared pair by pair: the two of a pair ran one after the other. */
    private String ratio(String first, String other) {
        List<Round> ours = flatOut.getOrDefault(first, List.of());
        List<Round> theirs = flatOut.getOrDefault(other, List.of());
        return String.format(
                Locale.ROOT,
                "%s to %s: CPU per query %.2f, queries/s %.2f",
                first,
                other,
                median(
                        ours,
                        round -> round.cpuMicros()
                                / theirs.get(round.number() - 1).cpuMicros()),
                median(
                        ours,
                        round -> round.perSecond()
                                / theirs.get(round.number() - 1).perSecond()));
    }

    /** Writes every round. */
    void writeCsv(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(CSV_HEAD));
        flatOut.values().forEach(rounds -> rounds.forEach(round -> lines.add(csv(round, ""))));
        paced.values().forEach(rounds -> rounds.forEach(round -> lines.add(csv(round, " paced"))));
        Files.write(file, lines);
    }

    private static String csv(Round round, String suffix) {
        return String.format(
                Locale.ROOT,
                "%s%s,%d,%.0f,%.3f,%.3f,%.1f,%.0f,%.0f,%.0f,%.0f,%.0f",
                round.label(),
                suffix,
                round.number(),
                round.perSecond(),
                round.userMicros(),
                round.systemMicros(),
                round.residentMib(),
                round.lost(),
                round.percentile(0.5),
                round.percentile(0.99),
                round.percentile(0.999),
                round.percentile(1));
    }

    /** Draws CPU per query and queries/s of each server. */
    void writeChart(Path file, String title) throws IOException {
        List<SvgChart.Bar> bars = new ArrayList<>();
        flatOut.forEach((label, rounds) -> bars.add(new SvgChart.Bar(
                label,
                median(rounds, Round::userMicros),
                median(rounds, Round::systemMicros),
                median(rounds, Round::perSecond))));
        Files.writeString(file, new SvgChart(title, bars).text());
    }
}
