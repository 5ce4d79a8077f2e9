package dev.waypost.forwarding;

/** How one try at one upstream ended. */
sealed interface Outcome {
    /** The upstream answered our question. */
    record Replied(UpstreamReply reply) implements Outcome {}

    /** It did not. */
    record Failed(Cause cause) implements Outcome {}

    /** Why there is no reply. */
    enum Cause {
        TIMEOUT("no reply in time"),
        UNREACHABLE("the network refused"),
        CUT("the connection was cut"),
        /** Datagrams came that did not answer our question: over TCP nobody can slip in any. */
        STRAY("only stray datagrams came"),
        /** A connection kept from before was closed already: says nothing about the upstream. */
        STALE_CONNECTION("an idle connection was closed"),
        CLOSED("the forwarder closes");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Whether the upstream or the way to it is at fault, rather than a stranger or ourselves. */
        boolean blamesUpstream() {
            return this == TIMEOUT || this == UNREACHABLE || this == CUT;
        }
    }

    static Outcome failed(Cause cause) {
        return new Failed(cause);
    }
}
