package dev.waypost.forwarding.message;

import java.nio.ByteBuffer;
import java.util.Random;
import org.xbill.DNS.Type;

/** A question as the message that goes upstream, and what a reply to it has to bring back. */
public final class UpstreamQuery {
    /** What we take in one datagram: fits every path MTU in use without fragments (RFC 9715 section 3.2). */
    static final int UDP_PAYLOAD = 1232;

    private static final int HEADER_OCTETS = 12;
    private static final int FIXED_OCTETS = 4;
    private static final int OPT_OCTETS = 11;
    private static final int RD = 0x0100;
    private static final int CD = 0x0010;
    private static final int DO = 0x8000;
    private static final int CASE_BIT = 0x20;

    private final Question question;
    private final int id;
    private final boolean mixedCase;
    private final byte[] message;

    private UpstreamQuery(Question question, int id, boolean mixedCase, byte[] message) {
        this.question = question;
        this.id = id;
        this.mixedCase = mixedCase;
        this.message = message;
    }

    /**
     * The query for a question.
     *
     * @param id message ID, 0..65535
     * @param random for the letters of a name in mixed case
     */
    public static UpstreamQuery of(Question question, QueryForm form, int id, Random random) {
        byte[] qname = question.qname().toWireCanonical();
        if (form.mixedCase()) {
            mixCase(qname, random);
        }
        int octets = HEADER_OCTETS + qname.length + FIXED_OCTETS + (form.edns() ? OPT_OCTETS : 0);
        ByteBuffer out = ByteBuffer.allocate(octets);
        out.putShort((short) id);
        out.putShort((short) ((form.recursionDesired() ? RD : 0) | (question.checkingDisabled() ? CD : 0)));
        out.putShort((short) 1).putInt(0).putShort((short) (form.edns() ? 1 : 0));
        out.put(qname).putShort((short) question.qtype()).putShort((short) question.qclass());
        if (form.edns()) {
            out.put((byte) 0).putShort((short) Type.OPT); // the root owns OPT: RFC 6891 section 6.1.2
            out.putShort((short) UDP_PAYLOAD);
            out.putShort((short) 0); // extended RCODE and version
            out.putShort((short) (question.dnssecOk() ? DO : 0)).putShort((short) 0);
        }
        return new UpstreamQuery(question, id, form.mixedCase(), out.array());
    }

    /** No length octet of a label is a letter: labels have 63 octets at most, and the letters begin at 65. */
    private static void mixCase(byte[] qname, Random random) {
        for (int i = 0; i < qname.length; i++) {
            if (qname[i] >= 'a' && qname[i] <= 'z' && random.nextBoolean()) {
                qname[i] ^= CASE_BIT;
            }
        }
    }

    Question question() {
        return question;
    }

    int id() {
        return id;
    }

    /** Whether the letters of its name are no one's but ours. */
    boolean isMixedCase() {
        return mixedCase;
    }

    /** The whole message; not to be changed. */
    public byte[] message() {
        return message;
    }

    /** Where the question ends in the message; it begins behind the header. */
    int questionEnd() {
        return HEADER_OCTETS + question.qname().length() + FIXED_OCTETS;
    }
}
