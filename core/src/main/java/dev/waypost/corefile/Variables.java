package dev.waypost.corefile;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into words: {@code {$NAME}} and {@code {%NAME%}}, anywhere in a word.
 *
 * <p>As in CoreDNS an unknown variable is empty, a value stays one word however many blanks it has, and there is no
 * default after a colon. A value is not searched for further variables: that could go on for ever.
 */
final class Variables {
    private final Function<String, @Nullable String> environment;

    Variables(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    Token expand(Token token) {
        String text = token.text();
        int open = text.indexOf('{');
        if (open < 0) {
            return token;
        }
        StringBuilder expanded = new StringBuilder(text.substring(0, open));
        int at = open;
        while (at < text.length()) {
            int end = endOfReference(text, at);
            if (end < 0) {
                expanded.append(text.charAt(at++));
            } else {
                String name = text.substring(at + 2, text.charAt(at + 1) == '%' ? end - 2 : end - 1);
                String value = environment.apply(name);
                expanded.append(value == null ? "" : value);
                at = end;
            }
        }
        return new Token(expanded.toString(), token.source(), token.line(), token.column());
    }

    /** The index behind the reference that begins at {@code at}; -1 where none with a name does. */
    private static int endOfReference(String text, int at) {
        boolean windows = text.startsWith("{%", at);
        if (!windows && !text.startsWith("{$", at)) {
            return -1;
        }
        String closing = windows ? "%}" : "}";
        int end = text.indexOf(closing, at + 2);
        return end <= at + 2 ? -1 : end + closing.length();
    }
}
