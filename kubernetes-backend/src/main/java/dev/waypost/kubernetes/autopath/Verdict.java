package dev.waypost.kubernetes.autopath;

import dev.waypost.Fallthrough;
import dev.waypost.Resolution;
import dev.waypost.Response;
import org.xbill.DNS.Rcode;

/** What a reply to one name of a search list means for the walk. */
enum Verdict {
    /** The name exists, with the type or without it: the answer. */
    EXISTS,
    /** The name does not exist, or nobody here answers for it: the next name's turn. */
    MISSING,
    /**
     * It cannot be told whether the name exists. A later name must not stand in for it: what a client would find at
     * this one may be another host.
     */
    UNKNOWN;

    /** The verdict over a settled reply. */
    static Verdict of(Resolution reply) {
        if (reply instanceof Fallthrough) {
            return MISSING;
        }
        return switch (((Response) reply).rcode()) {
            case Rcode.NXDOMAIN, Rcode.REFUSED -> MISSING;
            case Rcode.SERVFAIL, Rcode.FORMERR, Rcode.NOTIMP -> UNKNOWN;
            default -> EXISTS;
        };
    }
}
