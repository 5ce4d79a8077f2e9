package dev.waypost.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.benchmarks.compare.RunningPeer.Cpu;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    private static final List<Round> ROUNDS = List.of(
            round("ours", 1, 1_000_000, 100), round("theirs", 1, 2_000_000, 50),
            round("ours", 2, 4_000_000, 300), round("theirs", 2, 4_000_000, 300),
            round("ours", 3, 3_000_000, 200), round("theirs", 3, 1_500_000, 200));

    private final Report report = new Report(ROUNDS, ROUNDS);

    @TempDir
    Path folder;

    private static Round round(String label, int number, long userMicros, double perSecond) {
        Dnsperf.Outcome outcome = new Dnsperf.Outcome(1_000_000, 0, perSecond, new long[] {10, 20, 30, 40});
        return new Round(label, number, outcome, new Cpu(userMicros, 0), 2048);
    }

    private String printed() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, StandardCharsets.UTF_8), List.of("coredns"));
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theTableTellsTheMedianOfTheRounds() {
        assertThat(printed()).contains("| ours | 200 | 3.00 | 0.00 | 3.00 | 20 | 40 | 2.0 | 0 |");
    }

    @Test
    void whoIsNotHereHasARowThatSaysSo() {
        assertThat(printed()).contains("| coredns | not here |");
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        assertThat(printed()).contains("ours to theirs: CPU per query 1.00, queries/s 1.00");
    }

    @Test
    void everyRoundIsALineOfTheCsv() throws IOException {
        Path file = folder.resolve("rounds.csv");
        report.writeCsv(file);
        assertThat(Files.readAllLines(file))
                .hasSize(1 + 2 * ROUNDS.size())
                .contains("theirs paced,3,200,1.500,0.000,2.0,0,20,40,40,40");
    }

    @Test
    void theChartHasABarForEachServer() throws IOException {
        Path file = folder.resolve("chart.svg");
        report.writeChart(file, "Title");
        assertThat(Files.readString(file)).contains(">ours<", ">theirs<", "3.00 + 0.00");
    }
}
