package dev.waypost.zone;

import dev.waypost.RecordSet;
import dev.waypost.Serial;

/**
 * Everything a zone holds at one moment, as a transfer copies it (RFC 5936 section 3).
 *
 * @param soa the SOA of this moment, which stands at both ends of a transfer
 * @param sets every other RRset of the zone, each owner and type once, in any order: the apex's own, delegations with
 *     their glue, wildcards, and no record that is only made for a question. May be made while it is iterated; every
 *     iteration gives the same, on any thread
 */
public record ZoneTransfer(RecordSet soa, Iterable<RecordSet> sets) {
    /** Which state of the zone it is. */
    public Serial serial() {
        return Serial.of(soa);
    }
}
