package dev.waypost.layer.rewrite;

import dev.waypost.Query;

/** Says another RCODE. */
public final class RcodeRule implements RewriteRule {
    private final NameMatch match;
    private final int from;
    private final int to;

    /**
     * A rule for RCODEs.
     *
     * @param match responses to queries for these names
     */
    public RcodeRule(NameMatch match, int from, int to) {
        this.match = match;
        this.from = from;
        this.to = to;
    }

    @Override
    public Outcome apply(Query query) {
        return match.fits(NameText.of(query.qname()))
                ? Rewritten.map(query, response -> response.rcode() == from ? response.withRcode(to) : response)
                : Outcome.UNFIT;
    }
}
