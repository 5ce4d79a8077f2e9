package dev.waypost.wire;

import dev.waypost.RecordSet;
import java.util.List;

/** Where the writing of a long ANSWER section stands, from message to message. For one thread. */
final class AnswerCursor {
    private final List<RecordSet> sets;
    private int set;
    private int record;

    AnswerCursor(List<RecordSet> sets) {
        this.sets = sets;
    }

    boolean isAtEnd() {
        return set == sets.size();
    }

    /** The set to go on with. */
    RecordSet set() {
        return sets.get(set);
    }

    /** The first of its records that is not written yet. */
    int record() {
        return record;
    }

    /** Moves before a record of the present set, or behind the set. */
    void moveTo(int next) {
        record = next;
        if (record == set().size()) {
            set++;
            record = 0;
        }
    }
}
