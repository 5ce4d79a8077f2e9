package dev.waypost.forwarding.message;

/**
 * How a question is put to an upstream.
 *
 * @param edns whether the query carries OPT (RFC 6891)
 * @param recursionDesired the RD bit
 * @param mixedCase whether each letter of the name is large or small at random, to be brought back so: what a forger has to
 *     guess besides port and ID (draft-vixie-dnsext-dns0x20)
 */
public record QueryForm(boolean edns, boolean recursionDesired, boolean mixedCase) {
    /** What upstreams are asked in unless there is a reason. */
    public static final QueryForm USUAL = new QueryForm(true, true, false);

    public QueryForm withoutEdns() {
        return new QueryForm(false, recursionDesired, mixedCase);
    }

    QueryForm withRecursionDesired(boolean value) {
        return new QueryForm(edns, value, mixedCase);
    }

    public QueryForm withMixedCase(boolean value) {
        return new QueryForm(edns, recursionDesired, value);
    }
}
