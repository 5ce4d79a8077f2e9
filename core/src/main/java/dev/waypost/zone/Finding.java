package dev.waypost.zone;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * What a zone holds for a name and type: every outcome of a look-up, one type each.
 *
 * <p>Owners in a finding may be spelled as the source likes; the reply gives the question's spelling.
 */
public sealed interface Finding {
    /** For how long the finding holds; broken by the change that makes it untrue. */
    Freshness freshness();

    /**
     * The records.
     *
     * @param set the RRset asked for, owned by the name asked for (wildcards are already expanded)
     * @param additional RRsets that save the client a question (RFC 2782, RFC 1035 section 3.3.9); may be empty
     */
    record Found(RecordSet set, List<RecordSet> additional, Freshness freshness) implements Finding {
        public Found {
            additional = List.copyOf(additional);
        }

        /** Records without additional ones. */
        public Found(RecordSet set, Freshness freshness) {
            this(set, List.of(), freshness);
        }
    }

    /**
     * An alias stands here and the type asked for is not the alias's own.
     *
     * @param set the CNAME RRset of the name, or the DNAME RRset of an ancestor (RFC 6672)
     * @param target where the record points: a CNAME's canonical name, or a DNAME's target as it stands in the record
     *     (the move of the name below it, and its overflow, are {@link AuthoritativeResolver}'s)
     */
    record Alias(RecordSet set, Name target, Freshness freshness) implements Finding {}

    /** The name exists, the type does not (NODATA; also an empty non-terminal, RFC 8020). */
    record NoData(Freshness freshness) implements Finding {}

    /** No such name, and nothing below it (RFC 8020). */
    record NxDomain(Freshness freshness) implements Finding {}

    /**
     * A zone cut at or above the name (RFC 1034 section 4.2.1).
     *
     * @param ns the NS RRset of the delegation
     * @param glue addresses of the name servers, as far as they are inside the zone
     */
    record Referral(RecordSet ns, List<RecordSet> glue, Freshness freshness) implements Finding {
        public Referral {
            glue = List.copyOf(glue);
        }
    }

    /**
     * The records are not there yet: SERVFAIL, never NXDOMAIN; or the answer comes later, where they can be waited for.
     *
     * @param reason what is waited for, for a person to read
     * @param arrival how to wait for it
     */
    record NotReady(String reason, Arrival arrival) implements Finding {
        /** What nobody can wait for: it comes when it comes. */
        public NotReady(String reason) {
            this(reason, Arrival.NONE);
        }

        @Override
        public Freshness freshness() {
            return Freshness.never();
        }
    }
}
