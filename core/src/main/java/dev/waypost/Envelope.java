package dev.waypost;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes out around the records of a response where that is not the rule; nearly every response has {@link #PLAIN}.
 *
 * @param silent whether no message is sent at all. A call in this JVM cannot be left without an answer: it is given the
 *     response as it is
 * @param datagramOctets octets of a datagram with it, at most, 512..65535; what client and door allow bounds it too
 * @param recursionDesired the RD bit of the reply; the query's own where empty (RFC 1035 section 4.1.1)
 * @param options EDNS options, told to clients that sent EDNS
 * @param labels what the one who answered tells about it, for observers: {@code forward/upstream}
 */
public record Envelope(
        boolean silent,
        int datagramOctets,
        Optional<Boolean> recursionDesired,
        List<EdnsOption> options,
        Map<String, String> labels) {
    private static final int MOST_OCTETS = 65_535;

    /** The rule: a reply of any size, the query's RD, no options, no labels. */
    public static final Envelope PLAIN = new Envelope(false, MOST_OCTETS, Optional.empty(), List.of(), Map.of());

    public Envelope {
        options = List.copyOf(options);
        labels = Map.copyOf(labels);
    }

    /** The same, to be sent or not. */
    public Envelope withSilent(boolean value) {
        return new Envelope(value, datagramOctets, recursionDesired, options, labels);
    }

    /** The same with datagrams no longer than this, nor than before. */
    public Envelope withDatagramOctets(int most) {
        return new Envelope(silent, Math.min(datagramOctets, most), recursionDesired, options, labels);
    }

    /** The same with the RD bit set or cleared. */
    public Envelope withRecursionDesired(boolean value) {
        return new Envelope(silent, datagramOctets, Optional.of(value), options, labels);
    }

    /** The same with other options. */
    public Envelope withOptions(List<EdnsOption> value) {
        return new Envelope(silent, datagramOctets, recursionDesired, value, labels);
    }

    /** The same with other labels. */
    public Envelope withLabels(Map<String, String> value) {
        return new Envelope(silent, datagramOctets, recursionDesired, options, value);
    }
}
