package dev.waypost.forwarding;

import dev.waypost.forwarding.testing.ScriptedUpstream;

/** Lines of Corefiles for tests. */
final class Corefiles {
    private Corefiles() {}

    /** Forwards everything, and asks once: a busy machine is no silent upstream to tests that count queries. */
    static String patientForward(ScriptedUpstream upstream, String... options) {
        return "forward . " + AddressLiteral.format(upstream.address()) + " {\nread_timeout 5s\n"
                + String.join("\n", options) + "\n}\n";
    }
}
