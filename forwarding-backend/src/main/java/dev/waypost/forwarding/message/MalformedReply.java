package dev.waypost.forwarding.message;

/** The octets of a reply do not make a message. Thrown often under attack, so it carries no stack trace. */
final class MalformedReply extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReply(String fault) {
        super(fault, null, false, false);
    }
}
