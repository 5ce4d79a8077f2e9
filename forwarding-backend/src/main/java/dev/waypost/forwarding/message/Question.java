package dev.waypost.forwarding.message;

import dev.waypost.Exchange;
import dev.waypost.Query;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * All of a query that an answer from upstream depends on: what single flight and the cache are keyed by.
 *
 * <p>It holds everything that is sent upstream, so that no client gets an answer made for another kind of question: a key
 * that is too wide is the Rebirthday attack (CVE-2025-5994). RD is always sent as 1 and no EDNS option of a client goes
 * upstream, so neither is part of it. Names compare without letter case.
 *
 * @param qname absolute name, in the spelling of whoever asked first
 * @param qtype type code, 1..65535
 * @param qclass class code, 0..65535
 * @param dnssecOk the DO bit (RFC 3225)
 * @param checkingDisabled the CD bit (RFC 4035 section 3.2.2)
 */
public record Question(Name qname, int qtype, int qclass, boolean dnssecOk, boolean checkingDisabled) {
    private static final int CHECKING_DISABLED = 0x10;

    public static Question of(Query query) {
        return new Question(
                query.qname(), query.qtype(), query.qclass(), query.edns().dnssecOk(), query.checkingDisabled());
    }

    /** The question of a reply. */
    public static Question of(Exchange exchange) {
        return new Question(
                exchange.qname(),
                exchange.qtype(),
                exchange.qclass(),
                exchange.dnssecOk(),
                (exchange.replyFlags() & CHECKING_DISABLED) != 0);
    }

    /** Name and type, for a person to read. */
    public String toText() {
        return qname + " " + Type.string(qtype);
    }
}
