package dev.waypost.wire;

import dev.waypost.RecordSet;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Where the writing of a zone stands, from message to message: its SOA, every other RRset, its SOA again (RFC 5936 section
 * 2.2). Holds one RRset at a time. For one thread.
 */
final class AnswerCursor {
    private final RecordSet soa;
    private final Iterator<RecordSet> others;
    private @Nullable RecordSet set;
    private int record;
    private boolean last;

    AnswerCursor(RecordSet soa, Iterable<RecordSet> others) {
        this.soa = soa;
        this.others = others.iterator();
        this.set = soa;
    }

    boolean isAtEnd() {
        return set == null;
    }

    /** The set to go on with; asked for before the end only. */
    RecordSet set() {
        if (set == null) {
            throw new IllegalStateException("the zone is written");
        }
        return set;
    }

    /** The first of its records that is not written yet. */
    int record() {
        return record;
    }

    /** Moves before a record of the present set, or behind the set. */
    void moveTo(int next) {
        record = next;
        if (record == set().size()) {
            record = 0;
            set = next();
        }
    }

    private @Nullable RecordSet next() {
        if (others.hasNext()) {
            return others.next();
        }
        boolean ended = last;
        last = true;
        return ended ? null : soa;
    }
}
