package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.put16;
import static dev.waypost.wire.BigEndian.put32;

import dev.waypost.EdnsOption;
import dev.waypost.ExtendedError;
import dev.waypost.Response;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.Type;

/** Writes the OPT record of a reply (RFC 6891 section 6.1.2): our own words, never an echo of the client's options. */
final class OptWriter {
    private static final int DO = 0x8000;
    private static final int EDE = 15;
    /** Option code, option length: RFC 6891 section 6.1.2. */
    private static final int HEAD_OCTETS = 4;
    /** Option code, option length, INFO-CODE: RFC 8914 section 2. */
    private static final int EDE_OCTETS = 6;

    private OptWriter() {}

    /** Octets of the OPT record of a response, at most. */
    static long mostOctets(Response response) {
        long octets = QueryMessage.OPT_OCTETS;
        for (EdnsOption option : response.envelope().options()) {
            octets += HEAD_OCTETS + option.content().length;
        }
        for (ExtendedError error : response.extendedErrors()) {
            octets += EDE_OCTETS + 3L * error.text().length(); // UTF-8
        }
        return octets;
    }

    /**
     * Writes the record without options; there must be room for it.
     *
     * @return behind its last octet
     */
    static int write(byte[] out, int at, int rcode, boolean dnssecOk) {
        out[at] = 0; // owned by the root
        put16(out, at + 1, Type.OPT);
        put16(out, at + 3, ReplyWriter.DATAGRAM_LIMIT); // what we take, not what the client offered
        // The upper eight bits of the RCODE, version 0, and of the flags only DO (RFC 3225 section 3).
        put32(out, at + 5, rcode >>> 4 << 24 | (dnssecOk ? DO : 0));
        put16(out, at + 9, 0);
        return at + QueryMessage.OPT_OCTETS;
    }

    /**
     * Adds a response's options and extended errors to the record that ends at {@code at}, as far as they fit; an error's
     * text that does not fit is left out before its code is (RFC 8914 section 2).
     *
     * @return behind its last octet
     */
    static int writeOptions(Response response, byte[] out, int at, int limit) {
        int end = at;
        for (EdnsOption option : response.envelope().options()) {
            end = writeOption(option, out, end, limit);
        }
        for (ExtendedError error : response.extendedErrors()) {
            end = writeError(error, out, end, limit);
        }
        if (end > at) {
            put16(out, at - 2, end - at);
        }
        return end;
    }

    private static int writeOption(EdnsOption option, byte[] out, int at, int limit) {
        byte[] content = option.content();
        if (limit - at - HEAD_OCTETS < content.length) {
            return at;
        }
        put16(out, at, option.code());
        put16(out, at + 2, content.length);
        System.arraycopy(content, 0, out, at + HEAD_OCTETS, content.length);
        return at + HEAD_OCTETS + content.length;
    }

    private static int writeError(ExtendedError error, byte[] out, int at, int limit) {
        int room = limit - at - EDE_OCTETS;
        if (room < 0) {
            return at;
        }
        byte[] text = error.text().getBytes(StandardCharsets.UTF_8);
        int length = text.length <= room ? text.length : 0;
        put16(out, at, EDE);
        put16(out, at + 2, 2 + length);
        put16(out, at + 4, error.infoCode());
        System.arraycopy(text, 0, out, at + EDE_OCTETS, length);
        return at + EDE_OCTETS + length;
    }
}
