package dev.waypost.zone;

import dev.waypost.Freshness;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * One name of a zone with every finding it can give, made at load time. Immutable.
 *
 * @param sets its RRsets with their additional ones; empty for an empty non-terminal
 * @param alias the CNAME here
 * @param below what all names below lead to: the referral of a zone cut here or above, or the DNAME here or above
 * @param occluded whether what stands here is not this zone's to say: it is below a cut (or a DNAME)
 * @param nothing the finding that the name exists without the type
 */
record ZoneNode(
        List<Finding.Found> sets,
        Finding.@Nullable Alias alias,
        @Nullable Finding below,
        boolean occluded,
        Finding.NoData nothing) {

    /** What a question for this very name finds. */
    Finding at(int qtype) {
        if (below != null
                && (occluded || isCut() && qtype != Type.DS)) { // DS is the parent's: RFC 4035 section 3.1.4.1
            return below;
        }
        Finding.Found found = set(qtype);
        if (found != null) {
            return found;
        }
        return alias == null ? nothing : alias;
    }

    /** What a question for {@code qname} finds when this node is the wildcard that covers it (RFC 4592 section 3.3). */
    Finding synthesized(Name qname, int qtype) {
        Freshness freshness = nothing.freshness();
        Finding.Found found = set(qtype);
        if (found != null) {
            return new Finding.Found(found.set().withOwner(qname), found.additional(), freshness);
        }
        return alias == null ? nothing : new Finding.Alias(alias.set().withOwner(qname), alias.target(), freshness);
    }

    private Finding.@Nullable Found set(int qtype) {
        for (Finding.Found each : sets) {
            // One RRset is enough for ANY: RFC 8482 section 4.1.
            if (each.set().type() == qtype || qtype == Type.ANY) {
                return each;
            }
        }
        return null;
    }

    private boolean isCut() {
        return below instanceof Finding.Referral;
    }
}
