package dev.waypost;

import java.util.List;
import java.util.Optional;

/**
 * What the client's OPT record says (RFC 6891).
 *
 * @param present whether the query had an OPT record; a reply has one if and only if the query had
 * @param udpPayloadSize the largest datagram the client takes, 512..65535 octets; 512 without OPT
 * @param dnssecOk the DO bit (RFC 3225)
 * @param options the options, in the order sent
 */
public record Edns(boolean present, int udpPayloadSize, boolean dnssecOk, List<EdnsOption> options) {
    /** The payload size of a client that sent no OPT record (RFC 1035 section 4.2.1). */
    public static final int MINIMUM_PAYLOAD = 512;

    /** No OPT record. */
    public static final Edns NONE = new Edns(false, MINIMUM_PAYLOAD, false, List.of());

    public Edns {
        // An offer below 512 counts as 512: RFC 6891 section 6.2.3.
        udpPayloadSize = Math.max(MINIMUM_PAYLOAD, udpPayloadSize);
        options = List.copyOf(options);
    }

    /** The first option of a code. */
    public Optional<EdnsOption> option(int code) {
        for (EdnsOption option : options) {
            if (option.code() == code) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
