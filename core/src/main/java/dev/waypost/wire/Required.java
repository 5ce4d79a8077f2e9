package dev.waypost.wire;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What a reply may not leave out without saying so by TC; all else is left out silently (RFC 2181 section 9). */
final class Required {
    private Required() {}

    /**
     * Without an answer, the AUTHORITY section is what is told: a delegation, or how long a name is missing (RFC 2308
     * section 2). NS records behind an answer are only a courtesy.
     */
    static boolean inAuthority(RecordSet set, Response response) {
        return response.answer().isEmpty() || set.type() == Type.SOA;
    }

    /** Addresses without which a delegation cannot be followed: glue inside the delegated zone (RFC 9471 section 3.1). */
    static boolean inAdditional(RecordSet set, Response response) {
        if (response.rcode() != Rcode.NOERROR
                || response.authoritative()
                || !response.answer().isEmpty()
                || set.type() != Type.A && set.type() != Type.AAAA) {
            return false;
        }
        for (RecordSet cut : response.authority()) {
            if (cut.type() == Type.NS && set.owner().subdomain(cut.owner())) {
                return true;
            }
        }
        return false;
    }
}
