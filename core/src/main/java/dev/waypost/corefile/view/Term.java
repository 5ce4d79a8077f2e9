package dev.waypost.corefile.view;

import dev.waypost.Query;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.xbill.DNS.Name;

/**
 * A part of an expression.
 *
 * @param type what its values are: {@link String}, {@link Long}, {@link Boolean} or a {@link List}
 * @param lasting whether it looks at nothing but the question and its client
 * @param constant whether it is the same for every query
 * @param value its value for a query
 */
record Term(Type type, boolean lasting, boolean constant, Function<Query, Object> value) {
    /** What a value is. */
    enum Type {
        TEXT,
        NUMBER,
        BOOL,
        LIST
    }

    private static final Query ANY = Query.of(Name.root, org.xbill.DNS.Type.A);

    static Term constant(Type type, Object value) {
        return new Term(type, true, true, query -> value);
    }

    static Term of(Type type, Function<Query, Object> value) {
        return new Term(type, true, false, value);
    }

    /** A term made of two. */
    static Term of(Type type, Term one, Term other, BiFunction<Object, Object, Object> value) {
        return new Term(
                type,
                one.lasting && other.lasting,
                one.constant && other.constant,
                query -> value.apply(one.value.apply(query), other.value.apply(query)));
    }

    /** The value of a constant. */
    Object fixed() {
        return value.apply(ANY);
    }

    Term not() {
        return new Term(Type.BOOL, lasting, constant, query -> !(Boolean) value.apply(query));
    }
}
