package dev.waypost.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.zone.Finding;
import org.junit.jupiter.api.Test;

/** What a record source keeps besides when its records change while it is asked. */
public interface ChangingSourceContract extends RecordSourceContract {
    /** Changes the records of {@link #presentName()} and returns once the change can be seen. */
    void changePresent();

    /** Makes {@link #absentName()} exist with {@link #presentType()} and returns once it can be seen. */
    void addAbsent();

    @Test
    default void changedRecordsAreSeenAndTheOldFindingIsEnded() {
        Finding.Found before = (Finding.Found) source().find(presentName(), presentType());
        changePresent();
        Finding after = source().find(presentName(), presentType());
        assertThat(before.freshness().holdsAt(0)).as("the old finding holds").isFalse();
        assertThat(after.freshness().holdsAt(0)).as("the new finding holds").isTrue();
        assertThat(after instanceof Finding.Found found ? found.set() : null).isNotEqualTo(before.set());
    }

    @Test
    default void nameThatAppearsEndsItsAbsence() {
        Finding before = source().find(absentName(), presentType());
        assertThat(before).isInstanceOf(Finding.NxDomain.class);
        addAbsent();
        assertThat(before.freshness().holdsAt(0)).as("the absence holds").isFalse();
        assertThat(source().find(absentName(), presentType())).isInstanceOf(Finding.Found.class);
    }
}
