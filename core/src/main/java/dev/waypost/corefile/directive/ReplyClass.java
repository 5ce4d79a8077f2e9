package dev.waypost.corefile.directive;

import dev.waypost.Exchange;
import org.xbill.DNS.Rcode;

/** The classes by which {@code log} chooses replies. */
enum ReplyClass {
    /** NOERROR with an answer. */
    SUCCESS,
    /** NXDOMAIN or NODATA (RFC 2308). */
    DENIAL,
    /** Every other RCODE. */
    ERROR;

    static final String WANTED = "success, denial, error or all";

    static ReplyClass of(Exchange exchange) {
        return switch (exchange.rcode()) {
            // An exchange does not tell a referral from NODATA; it counts as a denial here, in CoreDNS as a success.
            case Rcode.NOERROR -> exchange.answerRecords() > 0 ? SUCCESS : DENIAL;
            case Rcode.NXDOMAIN -> DENIAL;
            default -> ERROR;
        };
    }
}
