package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** New processes: how soon they answer, and how they meet their first 10,000 queries. */
final class ColdRun {
    private static final Names NAMES = new Names(10_000);
    private static final int FIRST_QUERIES = 10_000;

    private ColdRun() {}

    static void run(Plan plan) throws IOException {
        try (Site site = plan.site()) {
            Map<String, String> files = MixRun.files(site, NAMES);
            List<String> lines = Files.readAllLines(NAMES.writeMix(site.file("mix.txt")));
            Path first = Files.write(site.file("first.txt"), lines.subList(0, FIRST_QUERIES));
            System.out.println(
                    "| server | round | first answer, ms | first 10,000: queries/s | p50, µs | p99, µs | max, µs "
                            + "| lost |\n|---|--:|--:|--:|--:|--:|--:|--:|");
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Peer peer : plan.peers()) {
                    one(plan.load(first), site, peer, files).ifPresent(new Row(peer.label(), round)::print);
                    site.endAll();
                }
            }
            plan.absent("zone").forEach(label -> System.out.println("| " + label + " | not here | | | | | | |"));
        }
    }

    private record Result(long firstMillis, Dnsperf.Outcome outcome) {}

    private static Optional<Result> one(Dnsperf load, Site site, Peer peer, Map<String, String> files)
            throws IOException {
        Optional<RunningPeer> server = site.start(peer, "zone", files);
        if (server.isEmpty()) {
            return Optional.empty();
        }
        long millis = server.get().awaitAnswer(NAMES.last());
        return Optional.of(new Result(millis, load.once(server.get().port())));
    }

    private record Row(String label, int round) {
        void print(Result result) {
            Dnsperf.Outcome outcome = result.outcome();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %,.0f | %d | %d | %d | %d |%n",
                    label,
                    round,
                    result.firstMillis(),
                    outcome.perSecond(),
                    outcome.percentile(0.5),
                    outcome.percentile(0.99),
                    outcome.percentile(1),
                    outcome.lost());
        }
    }
}
