package dev.waypost.wire;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.Transport;
import dev.waypost.wire.policy.Cookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the OPT record of a reply says whatever the response is: what belongs to the client and its transport.
 *
 * @param told written in every case; records make room for it
 * @param padded whether the message is padded, so that its size tells less (RFC 8467 section 4.1)
 */
record ReplyOptions(List<EdnsOption> told, boolean padded) {
    static final ReplyOptions NONE = new ReplyOptions(List.of(), false);

    /** Octets of an option without its content: RFC 6891 section 6.1.2. */
    static final int HEAD_OCTETS = 4;

    private static final int MOST_DECISECONDS = 0xFFFF;
    private static final long MILLIS_PER_DECISECOND = 100;

    /** What a query asks for that its path can give. */
    static ReplyOptions of(Edns edns, Cookie cookie, ReplyPath path) {
        if (edns.options().isEmpty()) {
            return NONE;
        }
        List<EdnsOption> told = new ArrayList<>(2);
        cookie.reply().ifPresent(told::add);
        if (edns.option(EdnsOption.KEEPALIVE).isPresent()) {
            Optional<Duration> idle = path.idleTimeout();
            idle.ifPresent(time -> told.add(keepalive(time)));
        }
        // In clear text there is nothing to hide, and a datagram would only grow: RFC 7830 section 6.
        boolean padded = path.transport() == Transport.TLS
                && edns.option(EdnsOption.PADDING).isPresent();
        return new ReplyOptions(told, padded);
    }

    /** In units of 100 milliseconds: RFC 7828 section 3.1. */
    private static EdnsOption keepalive(Duration idle) {
        int units = (int) Math.min(MOST_DECISECONDS, idle.toMillis() / MILLIS_PER_DECISECOND);
        return new EdnsOption(EdnsOption.KEEPALIVE, new byte[] {(byte) (units >>> Byte.SIZE), (byte) units});
    }

    /** Octets of what is told. */
    int octets() {
        int octets = 0;
        for (EdnsOption option : told) {
            octets += HEAD_OCTETS + option.length();
        }
        return octets;
    }
}
