package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times at a steady rate, and the pauses of the JVM meanwhile. */
final class PacedRun {
    private static final Names NAMES = new Names(10_000);
    private static final Pattern PAUSE = Pattern.compile("Pause .* ([\\d.]+)ms");

    private PacedRun() {}

    static void run(Plan plan) throws IOException {
        try (Site site = plan.site()) {
            List<RunningPeer> servers = plan.start(site, "zone", MixRun.files(site, NAMES), NAMES.last());
            Agreement.check(servers, NAMES.sample());
            Path mix = NAMES.writeMix(site.file("mix.txt"));
            Rounds rounds = new Rounds();
            servers.forEach(server -> rounds.add(server, plan.load(mix)));
            rounds.run(1, (load, port) -> load.flatOut(port, plan.warmSeconds()));
            Path collections = site.file("gc.log");
            long before = Files.exists(collections) ? pauses(collections).getCount() : 0;
            List<Round> timed =
                    rounds.run(plan.rounds(), (load, port) -> load.paced(port, plan.seconds(), plan.rate()));
            plan.publish(new Report(timed, timed), "paced", "A steady rate", plan.absent("zone"));
            if (Files.exists(collections)) {
                DoubleSummaryStatistics pauses = pauses(collections);
                System.out.printf(
                        Locale.ROOT,
                        "Pauses of Waypost's JVM: %d before the rounds, %d in them; all %.1f ms, the longest %.1f ms%n",
                        before,
                        pauses.getCount() - before,
                        pauses.getSum(),
                        pauses.getMax());
            }
        }
    }

    private static DoubleSummaryStatistics pauses(Path log) throws IOException {
        return PAUSE.matcher(Files.readString(log))
                .results()
                .mapToDouble(pause -> Double.parseDouble(pause.group(1)))
                .summaryStatistics();
    }
}
