package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.put16;
import static dev.waypost.wire.BigEndian.put32;

import dev.waypost.EdnsOption;
import dev.waypost.ExtendedError;
import dev.waypost.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xbill.DNS.Type;

/**
 * Writes the OPT record of a reply (RFC 6891 section 6.1.2): our own words, never an echo of the client's options.
 *
 * <p>Reused from message to message; for one thread.
 */
final class OptWriter {
    private static final int DO = 0x8000;
    private static final int INFO_CODE_OCTETS = 2;
    /** Padded replies are a multiple of this: RFC 8467 section 4.1. */
    private static final int PADDING_BLOCK = 468;

    private byte[] out = {};
    private int limit;
    private int options;
    private int position;

    /** Octets of the OPT record of a response, at most. */
    static long mostOctets(Response response) {
        long octets = QueryMessage.OPT_OCTETS;
        for (EdnsOption option : response.envelope().options()) {
            octets += ReplyOptions.HEAD_OCTETS + option.length();
        }
        for (ExtendedError error : response.extendedErrors()) {
            octets += ReplyOptions.HEAD_OCTETS
                    + INFO_CODE_OCTETS
                    + 3L * error.text().length(); // UTF-8
        }
        return octets;
    }

    /** Octets that padding adds, at most. */
    static int mostPadding() {
        return ReplyOptions.HEAD_OCTETS + PADDING_BLOCK;
    }

    /**
     * Begins a record without options; there must be room for it.
     *
     * @param most behind the last octet that it may take
     */
    void begin(byte[] space, int at, int most) {
        out = space;
        limit = most;
        options = at + QueryMessage.OPT_OCTETS;
        position = options;
        out[at] = 0; // owned by the root
        put16(out, at + 1, Type.OPT);
        put16(out, at + 3, ReplyWriter.DATAGRAM_LIMIT); // what we take, not what the client offered
    }

    /** Writes what belongs to the whole message: the upper bits of the RCODE, version 0, and of the flags only DO. */
    void flags(int rcode, boolean dnssecOk) {
        put32(out, options - 6, rcode >>> 4 << 24 | (dnssecOk ? DO : 0)); // RFC 3225 section 3
    }

    /** Adds an option, if it fits. */
    void option(EdnsOption option) {
        byte[] content = option.content();
        if (limit - position >= ReplyOptions.HEAD_OCTETS + content.length) {
            head(option.code(), content.length);
            System.arraycopy(content, 0, out, position, content.length);
            position += content.length;
        }
    }

    /** Adds an extended error, as far as it fits; its text is left out before its code is (RFC 8914 section 2). */
    void error(ExtendedError error) {
        int room = limit - position - ReplyOptions.HEAD_OCTETS - INFO_CODE_OCTETS;
        if (room < 0) {
            return;
        }
        byte[] text = error.text().getBytes(StandardCharsets.UTF_8);
        int length = text.length <= room ? text.length : 0;
        head(EdnsOption.EXTENDED_ERROR, INFO_CODE_OCTETS + length);
        put16(out, position, error.infoCode());
        System.arraycopy(text, 0, out, position + INFO_CODE_OCTETS, length);
        position += INFO_CODE_OCTETS + length;
    }

    /** Fills the message up to a whole block, or to its limit; the last option (RFC 7830 section 3). */
    void pad() {
        int bare = position + ReplyOptions.HEAD_OCTETS;
        if (bare <= limit) {
            int blocks = (bare + PADDING_BLOCK - 1) / PADDING_BLOCK;
            int length = Math.min(limit, blocks * PADDING_BLOCK) - bare;
            head(EdnsOption.PADDING, length);
            Arrays.fill(out, position, position + length, (byte) 0);
            position += length;
        }
    }

    private void head(int code, int length) {
        put16(out, position, code);
        put16(out, position + 2, length);
        position += ReplyOptions.HEAD_OCTETS;
    }

    /** Ends the record. @return behind its last octet */
    int end() {
        put16(out, options - 2, position - options);
        return position;
    }
}
