package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.u16;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Metadata;
import dev.waypost.Query;
import dev.waypost.Serial;
import dev.waypost.Trail;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Type;

/**
 * What a query message says, as far as it could be read; looks into the transport's buffer until {@link #detached}.
 *
 * @param octets the message's octets: at least header and question, and all of it where {@link #isImageable()}
 * @param length octets of the whole message
 * @param serial of the SOA record that comes along with the question of an incremental transfer, or with the word that a
 *     zone has changed; empty in others
 * @param tsigAt where the TSIG record begins, the last one; {@link #UNSIGNED} without one
 */
record QueryMessage(byte[] octets, int length, Question question, Edns edns, Optional<Serial> serial, int tsigAt) {
    /** Octets of an OPT record without options: RFC 6891 section 6.1.2. */
    static final int OPT_OCTETS = 11;

    static final int UNSIGNED = -1;

    /** The same with octets of its own, so that the transport may take its buffer back. */
    QueryMessage detached() {
        int kept = isImageable() ? length : question.end();
        return new QueryMessage(Arrays.copyOf(octets, kept), length, question, edns, serial, tsigAt);
    }

    boolean isSigned() {
        return tsigAt != UNSIGNED;
    }

    int id() {
        return u16(octets, Header.ID);
    }

    int flags() {
        return u16(octets, Header.FLAGS);
    }

    int opcode() {
        return (flags() & Header.OPCODE) >>> Header.OPCODE_SHIFT;
    }

    /**
     * The question for the message plane.
     *
     * @param server the listener that took it
     */
    Query asQuery(Client client, long deadlineNanos, String server) {
        return new Query(
                question.qname(),
                question.qtype(),
                question.qclass(),
                (flags() & Header.RD) != 0,
                (flags() & Header.CD) != 0,
                edns,
                client,
                deadlineNanos,
                server,
                List.of(),
                Metadata.NONE,
                Trail.NONE,
                serial);
    }

    /**
     * Whether the reply depends on nothing but the octets that a key compares: one plain question and at most an OPT
     * record without options. Cookies, client subnets and signatures are spoken for one client only.
     */
    boolean isImageable() {
        // No record is shorter than OPT without options, so there is room for no other.
        return question.wasRead()
                && opcode() == Opcode.QUERY
                && length == question.end() + (edns.present() ? OPT_OCTETS : 0);
    }

    /**
     * The one entry of the QUESTION section.
     *
     * @param qname in the client's spelling; the root where it could not be read
     * @param qtype 0 where it could not be read
     * @param qclass 0 where it could not be read
     * @param end behind its last octet; the header's end where it could not be read
     */
    record Question(Name qname, int qtype, int qclass, int end) {
        static final Question UNREAD = new Question(Name.root, 0, 0, Header.OCTETS);

        boolean wasRead() {
            return end > Header.OCTETS;
        }

        /** What a word of change asks for. */
        boolean isSoa() {
            return qtype == Type.SOA && qclass == DClass.IN;
        }
    }
}
