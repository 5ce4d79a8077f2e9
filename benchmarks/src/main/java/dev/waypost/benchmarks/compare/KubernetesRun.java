package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Servers that watch the same cluster: 10,000 services, a third of them headless, with 100,000 endpoints. */
final class KubernetesRun {
    private static final ClusterNames NAMES = new ClusterNames();
    private static final int EVENTS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private KubernetesRun() {}

    static void run(Plan plan) throws IOException {
        try (ClusterApi api = ClusterApi.start();
                Site site = plan.site()) {
            List<RunningPeer> servers = start(plan, site, api);
            Agreement.check(servers, NAMES.sample());
            Path mix = NAMES.writeMix(site.file("mix.txt"));
            Report report = MixRun.measure(plan, servers, mix);
            plan.publish(report, "kubernetes", "10,000 services, 100,000 endpoints", plan.absent("kubernetes"));
            System.out.println(
                    "| server | events | until answered: p50, µs | p99, µs | max, µs |\n|---|--:|--:|--:|--:|");
            for (RunningPeer server : servers) {
                events(server, api);
            }
        }
    }

    private static List<RunningPeer> start(Plan plan, Site site, ClusterApi api) throws IOException {
        List<RunningPeer> servers = new ArrayList<>();
        for (Peer peer : plan.peers()) {
            Optional<RunningPeer> started = site.start(peer, "kubernetes", Map.of("api", api.url()));
            if (started.isPresent()) {
                long millis = started.get().awaitAnswer(NAMES.last());
                System.out.printf(
                        Locale.ROOT,
                        "%s: first answer after %,d ms, %.1f MiB resident%n",
                        peer.label(),
                        millis,
                        started.get().residentKib() / 1024.0);
                servers.add(started.get());
            }
        }
        return servers;
    }

    /** From before the API server is told to the first answer that shows it, asked for again and again. */
    private static void events(RunningPeer server, ClusterApi api) throws IOException {
        long[] micros = new long[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            int service = NAMES.headless(i);
            int place = 1 + (i + server.port()) % 200; // so that each server's events differ from the last one's
            String moved = "172.16." + (service & 255) + "." + place;
            long began = System.nanoTime();
            api.move(service, place);
            await(server, NAMES.service(service), moved, began);
            micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        }
        Arrays.sort(micros);
        Dnsperf.Outcome times = new Dnsperf.Outcome(EVENTS, 0, 0, micros);
        System.out.printf(
                "| %s | %d | %d | %d | %d |%n",
                server.label(), EVENTS, times.percentile(0.5), times.percentile(0.99), times.percentile(1));
    }

    private static void await(RunningPeer server, Question question, String wanted, long began) throws IOException {
        while (question.ask(server.port(), PATIENCE)
                .filter(answer -> answer.contains("A " + wanted))
                .isEmpty()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException(server.label() + " does not show " + wanted + " for " + question.qname());
            }
        }
    }
}
