package dev.waypost.wire;

/** What {@link QueryReader} makes of a message: every outcome, one type each. */
sealed interface Reading {
    /** No reply may be sent: it would feed a reflection loop, or nobody could match it. */
    enum Silence implements Reading {
        SILENCE
    }

    /** A message that has a reply. */
    sealed interface Read extends Reading {
        QueryMessage message();
    }

    /** To be answered at once with an RCODE and no records. */
    record Fault(QueryMessage message, int rcode) implements Read {}

    /** A question for a resolver. */
    record Asked(QueryMessage message) implements Read {}
}
