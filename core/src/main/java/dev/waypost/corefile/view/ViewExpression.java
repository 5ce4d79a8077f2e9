package dev.waypost.corefile.view;

import dev.waypost.Query;
import java.util.function.Predicate;

/**
 * An expression over a query that is true or false, in the language of CoreDNS's {@code view} as far as queries need it.
 *
 * <p>There are texts, whole numbers, true and false, lists; {@code || && ! or and not}, {@code == != < <= > >=}, {@code in},
 * {@code not in}, {@code contains}, {@code startsWith}, {@code endsWith}, {@code matches}; and the functions of {@link
 * QueryFunctions}. Types are checked when it is read. Immutable, and safe for any number of threads.
 */
public final class ViewExpression {
    private final Term whole;

    private ViewExpression(Term whole) {
        this.whole = whole;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException for one that cannot be read, or is neither true nor false
     */
    public static ViewExpression of(String text) {
        Term whole = new ViewReader(text).read();
        if (whole.type() != Term.Type.BOOL) {
            throw new IllegalArgumentException("an expression wants to be true or false, found \"" + text + "\"");
        }
        return new ViewExpression(whole);
    }

    /** Whether it looks at nothing but the question and its client. */
    public boolean lasting() {
        return whole.lasting();
    }

    /** The condition for queries. */
    public Predicate<Query> condition() {
        return query -> (Boolean) whole.value().apply(query);
    }
}
