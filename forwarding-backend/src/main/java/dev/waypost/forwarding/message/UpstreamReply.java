package dev.waypost.forwarding.message;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * A reply that answers our question, reduced to what we believe of it.
 *
 * @param truncated the TC bit; then nothing in it is believed
 * @param response what it says
 */
public record UpstreamReply(boolean truncated, Response response) {
    private static final int HEADER_OCTETS = 12;
    private static final int QR = 0x8000;
    private static final int TC = 0x0200;

    /**
     * Reads a message that may be the reply to our query: it is when ID and question are the same and QR is set. Anything
     * else is passed over by the caller, who goes on waiting (RFC 5452 section 9.1): giving up on the first odd datagram
     * is the TuDoor fault (CVE-2023-28452).
     */
    public static Arrival read(ByteBuffer message, UpstreamQuery query) {
        MessageCursor cursor = new MessageCursor(message);
        try {
            return cursor.remaining() < HEADER_OCTETS ? Arrival.Odd.STRAY : read(cursor, query);
        } catch (MalformedReply unreadable) {
            return Arrival.Odd.BROKEN; // thrown only behind our own question
        }
    }

    private static Arrival read(MessageCursor cursor, UpstreamQuery query) throws MalformedReply {
        int id = cursor.u16();
        int flags = cursor.u16();
        if (id != query.id() || (flags & QR) == 0 || (flags >>> 11 & 0xF) != Opcode.QUERY) {
            return Arrival.Odd.STRAY;
        }
        int questions = cursor.u16();
        int answers = cursor.u16();
        int authorities = cursor.u16();
        int additionals = cursor.u16();
        int rcode = flags & 0xF;
        if (questions == 0 && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP)) {
            // Servers older than EDNS could not read our question and send their header alone: RFC 6891 section 7.
            return new Arrival.Ours(new UpstreamReply(false, Belief.failure(rcode)), false);
        }
        MessageCursor.Likeness question = cursor.compareQuestion(query.message(), HEADER_OCTETS, query.questionEnd());
        if (questions != 1 || question == MessageCursor.Likeness.NONE) {
            return Arrival.Odd.STRAY;
        }
        boolean recased = question == MessageCursor.Likeness.LETTERS_ALONE;
        if (recased || query.isMixedCase()) {
            cursor.respellQuestion(query.question().qname().toWireCanonical());
        }
        cursor.know(HEADER_OCTETS, query.question().qname());
        if ((flags & TC) != 0) {
            return new Arrival.Ours(new UpstreamReply(true, Belief.failure(rcode)), recased);
        }
        List<WireRecord> answer = records(cursor, answers);
        List<WireRecord> authority = records(cursor, authorities);
        int extended = extendedRcode(cursor, additionals) << 4 | rcode;
        Response response = Belief.in(query.question(), extended, answer, authority);
        return new Arrival.Ours(new UpstreamReply(false, response), recased);
    }

    private static List<WireRecord> records(MessageCursor cursor, int count) throws MalformedReply {
        List<WireRecord> records = new ArrayList<>(); // grows with what is there: a count is only a claim
        for (int i = 0; i < count; i++) {
            records.add(WireRecord.read(cursor));
        }
        return records;
    }

    /** The upper eight bits of the RCODE, from OPT; nothing else of the additional section is looked at. */
    private static int extendedRcode(MessageCursor cursor, int additionals) throws MalformedReply {
        int upper = 0;
        for (int i = 0; i < additionals; i++) {
            cursor.skipName();
            int type = cursor.u16();
            cursor.skip(2);
            long ttl = cursor.u32();
            cursor.skip(cursor.u16());
            upper = type == Type.OPT ? (int) (ttl >>> 24) : upper;
        }
        return upper;
    }

    /** The same after it lay somewhere for so many seconds. */
    public UpstreamReply aged(int seconds) {
        if (seconds == 0) {
            return this;
        }
        Response older = response.withAnswer(aged(response.answer(), seconds))
                .withAuthority(aged(response.authority(), seconds));
        return new UpstreamReply(truncated, older);
    }

    private static List<RecordSet> aged(List<RecordSet> sets, int seconds) {
        return sets.stream()
                .map(set -> set.withTtl(Math.max(0, set.ttlSeconds() - seconds)))
                .toList();
    }

    public int rcode() {
        return response.rcode();
    }

    /** Whether it says something of the name rather than of the upstream. */
    public boolean isAnswer() {
        return isAnswer(rcode());
    }

    /** RCODEs that come with an answer or a denial; the others tell of a server that could not or would not. */
    static boolean isAnswer(int rcode) {
        return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN || rcode == Rcode.YXDOMAIN;
    }
}
