package dev.waypost.layer.template;

/**
 * A word of an action.
 *
 * @param text the word; of a literal what it says, without quotes
 * @param behindBlank whether a blank stands in front: {@code .a .b} are two operands, {@code .a.b} is one
 */
record Word(Kind kind, String text, boolean behindBlank) {
    /** What a word is. */
    enum Kind {
        /** A name: a function, a keyword, true, false, nil. */
        NAME,
        /** {@code .name}, the dot not in the text. */
        MEMBER,
        /** {@code $name}, or the root, {@code $}. */
        VARIABLE,
        TEXT,
        NUMBER,
        /** One of {@code . ( ) | , := =}. */
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
