package dev.waypost.forwarding;

import dev.waypost.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * A reply that answers our question, reduced to what we believe of it.
 *
 * @param truncated the TC bit; then nothing in it is believed
 * @param response what it says
 */
record UpstreamReply(boolean truncated, Response response) {
    private static final int HEADER_OCTETS = 12;
    private static final int QR = 0x8000;
    private static final int TC = 0x0200;

    /**
     * The reply in a message, if it is the reply to our query: same ID and question, QR set, readable to its end. Anything
     * else is passed over by the caller, who goes on waiting (RFC 5452 section 9.1): giving up on the first odd datagram
     * is the TuDoor fault (CVE-2023-28452).
     */
    static Optional<UpstreamReply> match(ByteBuffer message, int id, Question question) {
        MessageCursor cursor = new MessageCursor(message);
        try {
            return cursor.remaining() < HEADER_OCTETS ? Optional.empty() : read(cursor, id, question);
        } catch (MalformedReply notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<UpstreamReply> read(MessageCursor cursor, int id, Question question) throws MalformedReply {
        int replyId = cursor.u16();
        int flags = cursor.u16();
        if (replyId != id || (flags & QR) == 0 || (flags >>> 11 & 0xF) != Opcode.QUERY) {
            return Optional.empty();
        }
        int questions = cursor.u16();
        int answers = cursor.u16();
        int authorities = cursor.u16();
        int additionals = cursor.u16();
        int rcode = flags & 0xF;
        if (questions == 0 && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP)) {
            // Servers older than EDNS could not read our question and send their header alone: RFC 6891 section 7.
            return Optional.of(new UpstreamReply(false, Belief.failure(rcode)));
        }
        if (questions != 1 || !sameQuestion(cursor, question)) {
            return Optional.empty();
        }
        if ((flags & TC) != 0) {
            return Optional.of(new UpstreamReply(true, Belief.failure(rcode)));
        }
        List<WireRecord> answer = records(cursor, answers);
        List<WireRecord> authority = records(cursor, authorities);
        int extended = extendedRcode(cursor, additionals) << 4 | rcode;
        return Optional.of(new UpstreamReply(false, Belief.in(question, extended, answer, authority)));
    }

    private static boolean sameQuestion(MessageCursor cursor, Question question) throws MalformedReply {
        return cursor.name().equals(question.qname())
                && cursor.u16() == question.qtype()
                && cursor.u16() == question.qclass();
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
            cursor.name();
            int type = cursor.u16();
            cursor.skip(2);
            long ttl = cursor.u32();
            cursor.skip(cursor.u16());
            upper = type == Type.OPT ? (int) (ttl >>> 24) : upper;
        }
        return upper;
    }

    int rcode() {
        return response.rcode();
    }
}
