package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.u16;

import dev.waypost.tsig.TsigReply;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/** A rendered reply, or one message of it: octets in a buffer that others may write to later. */
final class Reply {
    /** No message: none was written yet, or it has no room. */
    static final Reply NONE = new Reply(new byte[Header.OCTETS], 0, Rcode.NOERROR);

    private final byte[] octets;
    private final int length;
    private final int rcode;
    private final int flags;
    private final int answerRecords;

    private Reply(byte[] octets, int length, int rcode, int flags, int answerRecords) {
        this.octets = octets;
        this.length = length;
        this.rcode = rcode;
        this.flags = flags;
        this.answerRecords = answerRecords;
    }

    Reply(byte[] octets, int length, int rcode) {
        this(octets, length, rcode, flags(octets), u16(octets, Header.ANCOUNT));
    }

    private static int flags(byte[] octets) {
        return u16(octets, Header.FLAGS) & ~(Header.OPCODE | Header.RCODE);
    }

    /** The same with a signature behind it, which there must be room for; as it is without one. */
    Reply signed(@Nullable TsigReply signature) {
        return signature == null
                ? this
                : new Reply(octets, signature.sign(octets, length), rcode, flags, answerRecords);
    }

    /** What both are together, this one sent behind the other; its octets are this one's. */
    Reply behind(Reply before) {
        return new Reply(octets, before.length + length, rcode, flags, before.answerRecords + answerRecords);
    }

    byte[] octets() {
        return octets;
    }

    /** Octets of the message; 0 where not even header and question had room. */
    int length() {
        return length;
    }

    /** The whole RCODE, 0..4095, of which the header holds four bits. */
    int rcode() {
        return rcode;
    }

    /** The header's second word without OPCODE and RCODE. */
    int flags() {
        return flags;
    }

    int answerRecords() {
        return answerRecords;
    }
}
