package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.int32;
import static dev.waypost.wire.BigEndian.u16;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.Serial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Reads one query message: the only place that decides which messages reach a resolver.
 *
 * <p>Never throws for anything a message holds, does work linear in its length, and allocates nothing by a number that
 * the client wrote.
 */
final class QueryReader {
    /** Pointers followed in one message; an honest query has one a record at most. */
    private static final int MOST_POINTERS = 64;
    /** Options kept of one OPT record; those behind are passed over as unknown ones are. */
    private static final int MOST_OPTIONS = 32;

    private static final int NO_SECTION = -1;
    private static final int ANSWER = 0;
    private static final int AUTHORITY = 1;
    private static final int ADDITIONAL = 2;
    /** SERIAL and four more numbers end the RDATA of a SOA record: RFC 1035 section 3.3.13. */
    private static final int SOA_NUMBERS_OCTETS = 20;

    private static final int DO = 0x8000;

    private final byte[] octets;
    private final int length;
    private final RecordCursor cursor;
    private QueryMessage.Question question = QueryMessage.Question.UNREAD;
    private Edns edns = Edns.NONE;
    private int ednsVersion;
    private Optional<Serial> serial = Optional.empty();
    private int tsigAt = QueryMessage.UNSIGNED;

    private QueryReader(byte[] octets, int length) {
        this.octets = octets;
        this.length = length;
        this.cursor = new RecordCursor(octets, Header.OCTETS, length, MOST_POINTERS);
    }

    /** Reads the message in {@code octets[0..length)}. */
    static Reading read(byte[] octets, int length) {
        // A reply to a reply is the loop of CVE-2004-0789.
        if (length < Header.OCTETS || (u16(octets, Header.FLAGS) & Header.QR) != 0) {
            return Reading.Silence.SILENCE;
        }
        return new QueryReader(octets, length).read();
    }

    private Reading read() {
        boolean wellFormed = readQuestions() && readRecords();
        QueryMessage message = new QueryMessage(octets, length, question, edns, serial, tsigAt);
        int rcode = rcode(message.opcode(), wellFormed);
        if (rcode != Rcode.NOERROR) {
            return new Reading.Told(message, rcode);
        }
        return question.wasRead() ? new Reading.Asked(message) : new Reading.Unasked(message);
    }

    private int rcode(int opcode, boolean wellFormed) {
        if (opcode != Opcode.QUERY && !(opcode == Opcode.NOTIFY && wellFormed && question.isSoa())) {
            return Rcode.NOTIMP; // whatever the rest looks like: RFC 8906 section 3.1.4
        }
        if (!wellFormed || u16(octets, Header.QDCOUNT) > 1) {
            return Rcode.FORMERR;
        }
        if (ednsVersion != 0) {
            return Rcode.BADVERS;
        }
        return question.wasRead() ? rcodeOfQuestion() : Rcode.NOERROR;
    }

    private int rcodeOfQuestion() {
        return switch (question.qtype()) {
            // No type, no question, or a record that only ever stands in a message's own machinery; a query for
            // NXNAME is FORMERR by RFC 9824 section 3.5.
            case 0, Type.OPT, Type.TSIG, Type.NXNAME -> Rcode.FORMERR;
            case Type.TKEY, Type.MAILA, Type.MAILB -> Rcode.NOTIMP;
            // From which state on is what the question is about: RFC 1995 section 3.
            case Type.IXFR -> serial.isEmpty() ? Rcode.FORMERR : rcodeOfClass();
            default -> rcodeOfClass();
        };
    }

    private int rcodeOfClass() {
        return isServed(question.qclass()) ? Rcode.NOERROR : Rcode.REFUSED;
    }

    private static boolean isServed(int qclass) {
        return qclass == DClass.IN || qclass == DClass.CH;
    }

    /** Reads the QUESTION section. More than one question is skipped, to find the OPT record behind: RFC 9619. */
    private boolean readQuestions() {
        int count = u16(octets, Header.QDCOUNT);
        for (int i = 0; i < count; i++) {
            if (!cursor.skipName() || !cursor.skip(4)) {
                return false;
            }
            if (count == 1 && !keepQuestion(cursor.position())) {
                return false;
            }
        }
        return true;
    }

    private boolean keepQuestion(int end) {
        // Nothing stands before the first name that it could point to, so its octets are all here.
        byte[] wireName = Arrays.copyOfRange(octets, Header.OCTETS, end - 4);
        try {
            question = new QueryMessage.Question(new Name(wireName), u16(octets, end - 4), u16(octets, end - 2), end);
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Passes over every record and reads OPT. What a query says in ANSWER or AUTHORITY is never believed; only which state
     * of a zone its client has is listened to.
     */
    private boolean readRecords() {
        for (int section = 0; section <= ADDITIONAL; section++) {
            int count = u16(octets, Header.ANCOUNT + 2 * section);
            for (int i = 0; i < count; i++) {
                if (!cursor.openRecord()) {
                    return false;
                }
                if (cursor.type() == Type.OPT && !(section == ADDITIONAL && readOpt())) {
                    return false;
                }
                if (cursor.type() == Type.TSIG) {
                    if (section != ADDITIONAL || i != count - 1) {
                        return false; // one, and the last: RFC 8945 section 5.1
                    }
                    tsigAt = cursor.owner();
                }
                if (!cursor.closeRecord()) {
                    return false;
                }
                if (cursor.type() == Type.SOA && section == sectionOfSoa()) {
                    readSerial();
                }
            }
        }
        return true;
    }

    /** Where a message tells which state of the zone its sender has: RFC 1996 section 3.7, RFC 1995 section 3. */
    private int sectionOfSoa() {
        if ((u16(octets, Header.FLAGS) & Header.OPCODE) >>> Header.OPCODE_SHIFT == Opcode.NOTIFY) {
            return ANSWER;
        }
        return question.qtype() == Type.IXFR ? AUTHORITY : NO_SECTION;
    }

    private void readSerial() {
        int numbers = cursor.rdataLength() - SOA_NUMBERS_OCTETS;
        if (numbers > 0) {
            serial = Optional.of(new Serial(int32(octets, cursor.rdata() + numbers)));
        }
    }

    /** Reads the one OPT record a message may have, owned by the root (RFC 6891 section 6.1.1). */
    private boolean readOpt() {
        if (edns.present() || !cursor.isRootOwned()) {
            return false;
        }
        int ttl = int32(octets, cursor.ttlOffset()); // extended RCODE, version, flags: RFC 6891 section 6.1.3
        ednsVersion = ttl >>> 16 & 0xFF;
        // Known now, so that even the reply to a broken OPT record has one: RFC 6891 section 7.
        edns = new Edns(true, cursor.rrclass(), (ttl & DO) != 0, List.of());
        if (ednsVersion != 0) {
            return true; // another version's options may look otherwise
        }
        if (cursor.rdataLength() == 0) {
            return true;
        }
        if (length - cursor.rdata() < cursor.rdataLength()) {
            return false;
        }
        return readOptions(cursor.rdata(), cursor.rdata() + cursor.rdataLength());
    }

    private boolean readOptions(int from, int end) {
        List<EdnsOption> options = new ArrayList<>();
        int at = from;
        while (at < end) {
            if (end - at < 4 || end - at - 4 < u16(octets, at + 2)) {
                return false;
            }
            int next = at + 4 + u16(octets, at + 2);
            if (options.size() < MOST_OPTIONS) {
                options.add(new EdnsOption(u16(octets, at), Arrays.copyOfRange(octets, at + 4, next)));
            }
            at = next;
        }
        edns = new Edns(true, edns.udpPayloadSize(), edns.dnssecOk(), options);
        return true;
    }
}
