package dev.waypost.wire;

import dev.waypost.ExtendedError;
import dev.waypost.Response;
import org.xbill.DNS.Rcode;

/** What becomes of a message: every outcome, one type each. {@link QueryReader} gives it, a {@link WirePolicy} may change it. */
sealed interface Reading {
    /** No reply may be sent: it would feed a reflection loop, or nobody could match it, or its network has had enough. */
    enum Silence implements Reading {
        SILENCE
    }

    /** A message that could be read so far as to be answered. */
    sealed interface Read extends Reading {
        QueryMessage message();
    }

    /** To be answered at once with an RCODE and no records. */
    record Told(QueryMessage message, int rcode) implements Read {
        /** The response, which says why where the RCODE leaves it open: an OPCODE, a class or a type that nobody serves. */
        Response response() {
            return rcode == Rcode.NOTIMP || rcode == Rcode.REFUSED
                    ? Response.failure(rcode, ExtendedError.NOT_SUPPORTED, "")
                    : Response.failure(rcode);
        }
    }

    /** To be answered at once with TC and no records, so that the client asks again on a stream. */
    record SentToStream(QueryMessage message) implements Read {}

    /** A query without a question, which is one for a cookie (RFC 7873 section 5.4) or none at all (RFC 9619). */
    record Unasked(QueryMessage message) implements Read {}

    /** A question for a resolver. */
    record Asked(QueryMessage message) implements Read {}
}
