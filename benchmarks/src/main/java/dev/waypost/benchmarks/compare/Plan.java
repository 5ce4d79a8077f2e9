package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line wants.
 *
 * @param peers who takes part
 * @param rounds how often each server is loaded
 * @param seconds for how long each time
 * @param warmSeconds of load before the first round
 * @param threads of dnsperf
 * @param clients sockets that dnsperf asks from
 * @param outstanding queries under way at once, at most
 * @param rate queries/s while times are taken
 * @param sizes names of the zones that grow
 * @param jvm options of the JVM that Waypost runs on
 * @param jar Waypost as a server
 * @param out folder of the files
 */
record Plan(
        List<Peer> peers,
        int rounds,
        int seconds,
        int warmSeconds,
        int threads,
        int clients,
        int outstanding,
        int rate,
        List<Integer> sizes,
        String jvm,
        Path jar,
        Path out) {
    Plan {
        peers = List.copyOf(peers);
        sizes = List.copyOf(sizes);
    }

    /** A place for the servers. */
    Site site() throws IOException {
        if (!Files.exists(jar)) {
            throw new IOException(jar + " is not there: mvn -q package -DskipTests -pl benchmarks,examples/server -am");
        }
        return new Site(jar, jvm);
    }

    /** The load that these questions make. */
    Dnsperf load(Path queries) {
        return new Dnsperf(queries, threads, clients, outstanding);
    }

    /** Starts every peer that is here and has a part in that kind of scenario, and waits until each answers. */
    List<RunningPeer> start(Site site, String kind, Map<String, String> values, Question first) throws IOException {
        List<RunningPeer> running = new ArrayList<>();
        for (Peer peer : peers) {
            Optional<RunningPeer> started = site.start(peer, kind, values);
            if (started.isPresent()) {
                started.get().awaitAnswer(first);
                running.add(started.get());
            }
        }
        return running;
    }

    /** The peers that would take part but are not on this machine. */
    List<String> absent(String kind) throws IOException {
        List<String> absent = new ArrayList<>();
        for (Peer peer : peers) {
            if (peer.program().isEmpty() && Template.of(kind, peer).isPresent()) {
                absent.add(peer.label());
            }
        }
        return absent;
    }

    /** Tells what was run on what. */
    void describe(Scenario scenario) throws IOException {
        System.out.println("## " + scenario.name().toLowerCase(Locale.ROOT));
        System.out.println(Machine.describe());
        StringBuilder versions = new StringBuilder("JVM of Waypost: " + Runtime.version() + ", " + jvm);
        for (Peer peer : peers) {
            if (peer != Peer.WAYPOST) {
                versions.append("; ").append(peer.label()).append(' ').append(peer.version());
            }
        }
        System.out.println(versions);
        System.out.printf(
                "%d rounds of %d s after %d s of warm-up; dnsperf with %d threads, %d clients, %d queries under way; times at %,d"
                        + " queries/s%n%n",
                rounds, seconds, warmSeconds, threads, clients, outstanding, rate);
    }

    /** Prints the table, and writes the files beside it. */
    void publish(Report report, String name, String title, List<String> absent) throws IOException {
        Files.createDirectories(out);
        report.print(System.out, absent);
        report.writeCsv(out.resolve(name + ".csv"));
        report.writeChart(out.resolve(name + ".svg"), title);
        System.out.println("written: " + out.resolve(name + ".csv") + ", " + out.resolve(name + ".svg") + "\n");
    }
}
