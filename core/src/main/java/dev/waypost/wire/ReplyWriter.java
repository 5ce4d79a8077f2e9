package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.put16;
import static dev.waypost.wire.BigEndian.put32;
import static dev.waypost.wire.BigEndian.u16;

import dev.waypost.EdnsOption;
import dev.waypost.ExtendedError;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Writes a reply message: the question as it was asked, whole RRsets or none of them, and an OPT record if and only if
 * the query had one.
 *
 * <p>Reused from message to message; for one thread.
 */
final class ReplyWriter {
    /** Octets of a datagram, at most: what passes nearly every path unfragmented (RFC 9715 section 3). */
    static final int DATAGRAM_LIMIT = 1232;
    /** Octets of a message on a stream, at most: its length has 16 bits (RFC 1035 section 4.2.2). */
    static final int STREAM_LIMIT = 0xFFFF;

    private final RrsetWriter rrsets = new RrsetWriter();
    private final OptWriter opt = new OptWriter();

    /** How long the reply to a query may be. */
    static int limit(QueryMessage query, boolean datagram) {
        return datagram ? Math.min(query.edns().udpPayloadSize(), DATAGRAM_LIMIT) : STREAM_LIMIT;
    }

    /** Octets that the reply cannot outgrow without its signature, compressed or not; at most its limit. */
    static int spaceFor(Transaction transaction, Response response) {
        ReplyOptions options = transaction.options();
        long most = transaction.query().question().end()
                + OptWriter.mostOctets(response)
                + options.octets()
                + (options.padded() ? OptWriter.mostPadding() : 0)
                + octets(response.answer())
                + octets(response.authority())
                + octets(response.additional());
        return (int) Math.min(transaction.limit(), most);
    }

    private static long octets(List<RecordSet> sets) {
        long octets = 0;
        for (RecordSet set : sets) {
            octets += (long) set.size() * (set.owner().length() + RecordCursor.FIXED_OCTETS);
            for (int i = 0; i < set.size(); i++) {
                octets += set.rdataLength(i);
            }
        }
        return octets;
    }

    /**
     * Writes the reply to a query.
     *
     * @param space takes the reply from index 0
     * @param limit octets of the reply, at most; no octet behind them is touched
     */
    Reply write(Transaction transaction, Response response, byte[] space, int limit) {
        QueryMessage query = transaction.query();
        int rcode = response.rcode();
        if (rcode > Header.RCODE && !query.edns().present()) {
            rcode = Rcode.SERVFAIL; // no OPT record to hold the upper bits: RFC 6891 section 6.1.3
        }
        if (!begin(transaction, space, limit, false)) {
            return Reply.NONE;
        }
        int flags = flags(query, response) | (transaction.cut() ? Header.TC : 0);
        if (!writeSections(response, space)) {
            if (transaction.isDatagram()) {
                flags |= Header.TC;
            } else {
                begin(transaction, space, limit, false); // there is no larger transport to send the client to
                flags &= ~Header.AA;
                rcode = Rcode.SERVFAIL;
            }
        }
        put16(space, Header.FLAGS, flags | rcode & Header.RCODE);
        return new Reply(space, end(transaction, response, rcode, limit), rcode);
    }

    /**
     * Writes the next of several messages: as many records of the answer as fit, and no other section.
     *
     * @param answer moved behind what was written
     */
    Reply writeNext(Transaction transaction, Response response, AnswerCursor answer, byte[] space, int limit) {
        if (!begin(transaction, space, limit, true)) {
            return Reply.NONE;
        }
        int records = 0;
        boolean fits = true;
        while (fits && !answer.isAtEnd()) {
            int end = rrsets.writeFrom(answer.set(), answer.record());
            records += end - answer.record();
            fits = end == answer.set().size();
            answer.moveTo(end);
        }
        put16(space, Header.ANCOUNT, records);
        put16(space, Header.FLAGS, flags(transaction.query(), response) | response.rcode());
        return new Reply(space, end(transaction, response, response.rcode(), limit), response.rcode());
    }

    /** Ends a message with the OPT record. @return behind its last octet */
    private int end(Transaction transaction, Response response, int rcode, int limit) {
        QueryMessage query = transaction.query();
        byte[] space = rrsets.space();
        int end = rrsets.position();
        if (query.edns().present()) {
            put16(space, Header.ARCOUNT, u16(space, Header.ARCOUNT) + 1);
            opt.begin(space, end, limit);
            opt.flags(rcode, query.edns().dnssecOk());
            end = writeOptions(transaction.options(), response);
        }
        return end;
    }

    private int writeOptions(ReplyOptions options, Response response) {
        for (EdnsOption option : options.told()) {
            opt.option(option);
        }
        for (EdnsOption option : response.envelope().options()) {
            opt.option(option);
        }
        for (ExtendedError error : response.extendedErrors()) {
            opt.error(error);
        }
        if (options.padded()) {
            opt.pad();
        }
        return opt.end();
    }

    private static int flags(QueryMessage query, Response response) {
        // AD stays clear: nothing was validated here. Z stays clear: RFC 1035 section 4.1.1.
        boolean recursionDesired = response.envelope().recursionDesired().orElse((query.flags() & Header.RD) != 0);
        return Header.QR
                | query.flags() & (Header.OPCODE | Header.CD)
                | (recursionDesired ? Header.RD : 0)
                | (response.authoritative() ? Header.AA : 0)
                | (response.recursionAvailable() ? Header.RA : 0);
    }

    /** Writes ID, counts and question, and keeps room for OPT. @return false where there is no room. */
    private boolean begin(Transaction transaction, byte[] space, int limit, boolean keepingCase) {
        QueryMessage query = transaction.query();
        QueryMessage.Question question = query.question();
        int opt = QueryMessage.OPT_OCTETS + transaction.options().octets();
        int recordLimit = query.edns().present() ? limit - opt : limit;
        if (question.end() > recordLimit) {
            return false;
        }
        System.arraycopy(query.octets(), 0, space, 0, question.end());
        put16(space, Header.QDCOUNT, question.wasRead() ? 1 : 0);
        put16(space, Header.ANCOUNT, 0);
        put32(space, Header.NSCOUNT, 0); // and ARCOUNT
        rrsets.begin(space, question, recordLimit, keepingCase);
        return true;
    }

    /** Writes the records. @return false where something was left out that the client must hear of. */
    private boolean writeSections(Response response, byte[] space) {
        for (RecordSet set : response.answer()) {
            int first = response.rotatable() ? firstOf(set) : 0;
            if (!write(set, first, space, Header.ANCOUNT)) {
                return false;
            }
        }
        for (RecordSet set : response.authority()) {
            if (!write(set, 0, space, Header.NSCOUNT) && Required.inAuthority(set, response)) {
                return false;
            }
        }
        for (RecordSet set : response.additional()) {
            if (!write(set, 0, space, Header.ARCOUNT) && Required.inAdditional(set, response)) {
                return false;
            }
        }
        return true;
    }

    private boolean write(RecordSet set, int first, byte[] space, int count) {
        if (!rrsets.write(set, first)) {
            return false;
        }
        put16(space, count, u16(space, count) + set.size());
        return true;
    }

    private static int firstOf(RecordSet set) {
        return switch (set.type()) {
            case Type.A, Type.AAAA, Type.MX -> ThreadLocalRandom.current().nextInt(set.size());
            default -> 0;
        };
    }
}
