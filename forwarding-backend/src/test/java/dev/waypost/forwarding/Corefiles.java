package dev.waypost.forwarding;

import dev.waypost.forwarding.testing.ScriptedUpstream;

/** Lines of Corefiles for tests. */
final class Corefiles {
    private Corefiles() {}

    /** Forwards everything. */
    static String forward(ScriptedUpstream upstream, String... options) {
        return "forward . " + AddressLiteral.format(upstream.address()) + " {\n" + String.join("\n", options) + "\n}\n";
    }
}
