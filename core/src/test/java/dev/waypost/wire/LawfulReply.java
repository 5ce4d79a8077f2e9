package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.testing.WireProbe;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** What every reply keeps to, whatever the query: checked by dnsjava's reader, not by ours. */
final class LawfulReply {
    /** An extended error without a text, and a cookie. */
    private static final int OPTIONS_OCTETS = 6 + 28;

    private static final int OPT_OCTETS = 11;

    private LawfulReply() {}

    /** Checks a reply, empty where none was sent. */
    static void check(byte[] query, byte[] reply) {
        boolean silence = query.length < 12 || (query[2] & 0x80) != 0;
        assertThat(reply.length > 0).isEqualTo(!silence);
        if (silence) {
            return;
        }
        Message message = WireProbe.parsed(reply);
        assertThat(reply[2] & 0x80).isNotZero();
        assertThat(message.getHeader().getID()).isEqualTo((query[0] & 0xFF) << 8 | query[1] & 0xFF);
        assertThat(message.numBytes()).isEqualTo(reply.length);
        if (message.getRcode() != Rcode.NOERROR) {
            int options = message.getOPT() == null ? 0 : OPTIONS_OCTETS;
            assertThat(reply.length).as("an error amplifies nothing").isLessThanOrEqualTo(query.length + options);
        }
    }
}
