package dev.waypost.benchmarks.compare;

import java.io.IOException;

/** What servers can be made to do. */
enum Scenario {
    /** A zone of 10,000 names, asked the mix. */
    ZONE(MixRun::zone),
    /** The same zone behind a forwarder with a cache. */
    FORWARD(MixRun::forward),
    /** The zone, asked for names that are not there, never the same twice. */
    FLOOD(MixRun::flood),
    /** The zone, asked at a steady rate: percentiles of the time, and what the JVM's collector stopped. */
    PACED(PacedRun::run),
    /** From the start of the process to the first answer, and the first 10,000 queries. */
    COLD(ColdRun::run),
    /** Zones of more and more names. */
    GROWTH(GrowthRun::run),
    /** 10,000 services with 100,000 endpoints from an API server. */
    KUBERNETES(KubernetesRun::run);

    private final Run run;

    @FunctionalInterface
    private interface Run {
        void run(Plan plan) throws IOException;
    }

    Scenario(Run run) {
        this.run = run;
    }

    void run(Plan plan) throws IOException {
        plan.describe(this);
        run.run(plan);
    }
}
