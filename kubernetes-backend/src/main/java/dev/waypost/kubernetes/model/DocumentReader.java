package dev.waypost.kubernetes.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A document that is read value by value, whatever its notation; for one thread.
 *
 * <p>Each call takes exactly one value. A value of another type than wanted is a {@link #fault} and is passed over; a
 * null counts as left away, because the API server writes both.
 */
public interface DocumentReader {
    /** Takes an object; {@code member} is called for each field and must take its value. */
    void object(Member member) throws IOException;

    /** Takes a list; {@code item} is called for each item and must take it. */
    void array(Item item) throws IOException;

    /** Takes a text; empty for null. */
    String text() throws IOException;

    /** Takes a text that is looked at and not kept: what is returned may be another one after the next call. */
    default CharSequence passingText() throws IOException {
        return text();
    }

    /** Takes a whole number; null where there is none. */
    @Nullable
    Long number() throws IOException;

    /** Takes a truth value; null where there is none. */
    @Nullable
    Boolean flag() throws IOException;

    /** Takes a value of any type and forgets it. */
    void skip() throws IOException;

    /** The object under way cannot be used. */
    void fault(String problem);

    /** A part of the object under way is left out of it. */
    void leftOut(String problem);

    /** What takes the value of a field. */
    @FunctionalInterface
    interface Member {
        /** Takes the value of the named field. */
        void take(String field) throws IOException;
    }

    /** What takes an item of a list. */
    @FunctionalInterface
    interface Item {
        /** Takes the item. */
        void take() throws IOException;
    }
}
