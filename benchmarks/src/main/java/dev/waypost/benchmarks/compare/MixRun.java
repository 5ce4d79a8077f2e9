package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers with the same 10,000 names. */
final class MixRun {
    private static final Names NAMES = new Names(10_000);
    private static final int TIMED_SECONDS = 2;

    private MixRun() {}

    static void zone(Plan plan) throws IOException {
        try (Site site = plan.site()) {
            List<RunningPeer> servers = plan.start(site, "zone", files(site, NAMES), NAMES.last());
            Agreement.check(servers, NAMES.sample());
            Path mix = NAMES.writeMix(site.file("mix.txt"));
            plan.publish(measure(plan, servers, mix), "zone", "A zone of 10,000 names", plan.absent("zone"));
        }
    }

    static void forward(Plan plan) throws IOException {
        try (Site site = plan.site()) {
            Map<String, String> values = new HashMap<>(files(site, NAMES));
            RunningPeer upstream =
                    site.start(Peer.WAYPOST, "upstream", "zone", values).orElseThrow();
            upstream.awaitAnswer(NAMES.last());
            values.put("upstream", Integer.toString(upstream.port()));
            List<RunningPeer> servers = plan.start(site, "forward", values, NAMES.last());
            Agreement.check(servers, NAMES.sample());
            Path mix = NAMES.writeMix(site.file("mix.txt"));
            plan.publish(
                    measure(plan, servers, mix), "forward", "Forwarded and kept in a cache", plan.absent("forward"));
        }
    }

    static void flood(Plan plan) throws IOException {
        try (Site site = plan.site()) {
            List<RunningPeer> servers = plan.start(site, "zone", files(site, NAMES), NAMES.last());
            Agreement.check(servers, NAMES.sample());
            Path mix = NAMES.writeMix(site.file("mix.txt"));
            System.out.println("Before:\n");
            plan.publish(measure(plan, servers, mix), "flood-before", "Before the flood", List.of());
            System.out.println("Flooded:\n");
            Path flood = Names.writeFlood(site.file("flood.txt"));
            plan.publish(measure(plan, servers, flood), "flood", "Random names", plan.absent("zone"));
        }
    }

    /** What a server of a zone needs. */
    static Map<String, String> files(Site site, Names names) throws IOException {
        String suffix = Integer.toString(names.count());
        return Map.of(
                "zone", names.writeZone(site.file("zone-" + suffix)).toString(),
                "hosts", names.writeHosts(site.file("hosts-" + suffix)).toString());
    }

    /** Warms up, loads in turn, and takes times. */
    static Report measure(Plan plan, List<RunningPeer> servers, Path queries) throws IOException {
        Rounds rounds = new Rounds();
        servers.forEach(server -> rounds.add(server, plan.load(queries)));
        return measure(plan, rounds);
    }

    /** The same, where not all are asked the same. */
    static Report measure(Plan plan, Rounds rounds) throws IOException {
        rounds.run(1, (load, port) -> load.flatOut(port, plan.warmSeconds()));
        return new Report(
                rounds.run(plan.rounds(), (load, port) -> load.flatOut(port, plan.seconds())),
                rounds.run(1, (load, port) -> load.paced(port, TIMED_SECONDS, plan.rate())));
    }
}
