package dev.waypost.benchmarks.compare;

import dev.waypost.benchmarks.compare.RunningPeer.Cpu;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Loads servers in turn, A B A B, so that whatever else changes on the machine falls on all of them. */
final class Rounds {
    private final List<Contender> contenders = new ArrayList<>();

    /** A server, and what it is asked. */
    private record Contender(RunningPeer server, Dnsperf load) {}

    /** One run of the load against a port. */
    @FunctionalInterface
    interface Load {
        Dnsperf.Outcome run(Dnsperf dnsperf, int port) throws IOException;
    }

    /** One server more. */
    void add(RunningPeer server, Dnsperf load) {
        contenders.add(new Contender(server, load));
    }

    /** Loads every server once in each round. */
    List<Round> run(int count, Load load) throws IOException {
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            for (Contender each : contenders) {
                Cpu before = each.server().cpu();
                Dnsperf.Outcome outcome = load.run(each.load(), each.server().port());
                Cpu spent = each.server().cpu().since(before);
                rounds.add(new Round(
                        each.server().label(),
                        number,
                        outcome,
                        spent,
                        each.server().residentKib()));
            }
        }
        return rounds;
    }
}
