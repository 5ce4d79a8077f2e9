package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The same servers with zones of more and more names, each asked for all of its names. */
final class GrowthRun {
    private GrowthRun() {}

    static void run(Plan plan) throws IOException {
        try (Site site = plan.site()) {
            Rounds rounds = new Rounds();
            for (Peer peer : plan.peers()) {
                for (int size : plan.sizes()) {
                    add(plan, site, peer, new Names(size), rounds);
                }
            }
            plan.publish(MixRun.measure(plan, rounds), "growth", "Zones that grow", plan.absent("zone"));
        }
    }

    private static void add(Plan plan, Site site, Peer peer, Names names, Rounds rounds) throws IOException {
        Map<String, String> files = MixRun.files(site, names);
        String label = String.format(Locale.ROOT, "%s %d names", peer.label(), names.count());
        Optional<RunningPeer> server = site.start(peer, label, "zone", files);
        if (server.isPresent()) {
            long millis = server.get().awaitAnswer(names.last());
            System.out.printf(Locale.ROOT, "%s: first answer after %,d ms%n", label, millis);
            rounds.add(server.get(), plan.load(names.writeHits(site.file("hits-" + names.count()))));
        }
    }
}
