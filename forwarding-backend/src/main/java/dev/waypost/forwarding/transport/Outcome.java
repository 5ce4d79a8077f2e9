package dev.waypost.forwarding.transport;

import dev.waypost.forwarding.message.UpstreamReply;
import org.xbill.DNS.Rcode;

/** How one exchange with one upstream ended. */
public sealed interface Outcome {
    /** The upstream answered our question. */
    record Replied(UpstreamReply reply, boolean recased) implements Outcome {
        @Override
        public String toText() {
            return Rcode.string(reply.rcode());
        }
    }

    /**
     * It did not.
     *
     * @param detail more for a person to read; may be empty
     */
    record Failed(Cause cause, String detail) implements Outcome {
        @Override
        public String toText() {
            return detail.isEmpty() ? cause.words() : cause.words() + ": " + detail;
        }
    }

    /** The RCODE, or why there is none. */
    String toText();

    /** Why there is no reply. */
    enum Cause {
        TIMEOUT("no reply in time"),
        UNREACHABLE("the network refused"),
        CUT("the connection was cut"),
        MALFORMED("a reply that cannot be read"),
        /** The peer is not who it should be, or speaks no TLS that we do. */
        UNTRUSTED("no secure connection"),
        /** What came over HTTPS is no DNS message. */
        REFUSED_BY_HTTP("HTTP refused"),
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
        public boolean blamesUpstream() {
            return switch (this) {
                case TIMEOUT, UNREACHABLE, CUT, MALFORMED, UNTRUSTED, REFUSED_BY_HTTP -> true;
                case STRAY, STALE_CONNECTION, CLOSED -> false;
            };
        }
    }

    static Outcome failed(Cause cause) {
        return new Failed(cause, "");
    }
}
