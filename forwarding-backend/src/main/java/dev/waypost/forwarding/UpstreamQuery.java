package dev.waypost.forwarding;

import java.io.ByteArrayOutputStream;
import org.xbill.DNS.Type;

/** Renders a question as the query message that goes upstream. */
final class UpstreamQuery {
    /** What we take in one datagram: fits every path MTU in use without fragments (RFC 9715 section 3.2). */
    static final int UDP_PAYLOAD = 1232;

    private static final int RD = 0x0100;
    private static final int CD = 0x0010;
    private static final int DO = 0x8000;

    private UpstreamQuery() {}

    /**
     * The message: one question, RD set, and an OPT record unless the upstream refuses EDNS.
     *
     * @param id message ID, 0..65535
     */
    static byte[] render(Question question, int id, boolean edns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        u16(out, id);
        u16(out, RD | (question.checkingDisabled() ? CD : 0));
        u16(out, 1);
        u16(out, 0);
        u16(out, 0);
        u16(out, edns ? 1 : 0);
        out.writeBytes(question.qname().toWireCanonical());
        u16(out, question.qtype());
        u16(out, question.qclass());
        if (edns) {
            out.write(0); // the root owns OPT: RFC 6891 section 6.1.2
            u16(out, Type.OPT);
            u16(out, UDP_PAYLOAD);
            u16(out, 0); // extended RCODE and version
            u16(out, question.dnssecOk() ? DO : 0);
            u16(out, 0);
        }
        return out.toByteArray();
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }
}
