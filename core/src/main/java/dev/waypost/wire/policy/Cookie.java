package dev.waypost.wire.policy;

import dev.waypost.EdnsOption;
import java.util.Optional;

/**
 * What a query's COOKIE option says about its client.
 *
 * @param standing what it proves
 * @param reply the option of the reply; empty where the query had none that can be answered
 */
public record Cookie(Standing standing, Optional<EdnsOption> reply) {
    /** What a cookie proves. */
    public enum Standing {
        /** No cookie: nothing. */
        ABSENT,
        /** The option has a length that it cannot have: FORMERR (RFC 7873 section 5.2.2). */
        MALFORMED,
        /** The client understands cookies and has none of ours yet (RFC 7873 section 5.2.3). */
        NEW,
        /** It has one that we did not make, or not lately (RFC 7873 section 5.2.4). */
        UNKNOWN,
        /** It has received what we sent to its address (RFC 7873 section 5.2.5). */
        PROVEN
    }

    /** No cookie. */
    public static final Cookie NONE = new Cookie(Standing.ABSENT, Optional.empty());

    static final Cookie UNREADABLE = new Cookie(Standing.MALFORMED, Optional.empty());

    /** Whether the client's address is its own. */
    public boolean isProven() {
        return standing == Standing.PROVEN;
    }

    /** Whether the client understands cookies, and has not proven its address by one. */
    public boolean isUnproven() {
        return standing == Standing.NEW || standing == Standing.UNKNOWN;
    }
}
