package dev.waypost.lookup;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes by question, in a fixed number of slots: a program that looks up names without end cannot make it grow.
 *
 * <p>Each question has two slots to be in. Lock free; an outcome may be lost in a race, which costs one look-up.
 */
final class AnswerTable {
    private static final int OTHER_WAY = 1;
    private static final int MIX = 0x9E3779B9;

    private final @Nullable AtomicReferenceArray<@Nullable Known<?>> slots;
    private final int mask;

    /**
     * @param most rounded up to a power of two; 0 for a table that keeps nothing
     */
    AnswerTable(int most) {
        if (most < 0 || most > 1 << 24) {
            throw new IllegalArgumentException("a table of answers wants 0..16777216 slots, found " + most);
        }
        int rounded = most == 0 ? 0 : Math.max(2, Integer.highestOneBit(2 * most - 1));
        this.slots = rounded == 0 ? null : new AtomicReferenceArray<>(rounded);
        this.mask = rounded - 1;
    }

    /** The outcome kept for a question, whether it still holds or not. Allocates nothing. */
    @Nullable
    <T> Answered<T> find(Question<T> question) {
        if (slots == null) {
            return null;
        }
        int home = home(question);
        Answered<T> found = in(slots.get(home), question);
        return found != null ? found : in(slots.get(home ^ OTHER_WAY), question);
    }

    private static <T> @Nullable Answered<T> in(@Nullable Known<?> known, Question<T> question) {
        return known != null && known.question.equals(question) ? known.answered(question) : null;
    }

    <T> void keep(Question<T> question, Answered<T> answered) {
        if (slots == null) {
            return;
        }
        int home = home(question);
        Known<?> there = slots.get(home);
        boolean mine = there == null || there.question.equals(question);
        slots.set(mine ? home : home ^ OTHER_WAY, new Known<>(question, answered));
    }

    private int home(Question<?> question) {
        int hash = question.hashCode() * MIX;
        return (hash ^ hash >>> 16) & mask;
    }

    /** A question and its outcome. */
    private record Known<T>(Question<T> question, Answered<T> answered) {
        /** The outcome for an equal question: its form is equal, so it holds the same type. */
        @SuppressWarnings("unchecked")
        <U> Answered<U> answered(Question<U> equal) {
            return (Answered<U>) answered;
        }
    }
}
