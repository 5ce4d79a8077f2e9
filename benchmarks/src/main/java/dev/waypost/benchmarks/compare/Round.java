package dev.waypost.benchmarks.compare;

import dev.waypost.benchmarks.compare.RunningPeer.Cpu;

/**
 * What one server did in one round.
 *
 * @param cpu of the server alone, in this round
 * @param residentKib at its end
 */
record Round(String label, int number, Dnsperf.Outcome outcome, Cpu cpu, long residentKib) {
    double perSecond() {
        return outcome.perSecond();
    }

    double userMicros() {
        return (double) cpu.userMicros() / outcome.completed();
    }

    double systemMicros() {
        return (double) cpu.systemMicros() / outcome.completed();
    }

    double cpuMicros() {
        return userMicros() + systemMicros();
    }

    double residentMib() {
        return residentKib / 1024.0;
    }

    double lost() {
        return outcome.lost();
    }

    double percentile(double share) {
        return outcome.percentile(share);
    }
}
