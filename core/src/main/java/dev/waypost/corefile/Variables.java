package dev.waypost.corefile;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into words: {@code {$NAME}} and {@code {%NAME%}}, anywhere in a word.
 *
 * <p>As in CoreDNS an unknown variable is empty, a value stays one word however many blanks it has, and there is no
 * default after a colon. A value is not searched for further variables: that could go on for ever.
 */
final class Variables {
    private static final Pattern REFERENCE = Pattern.compile("\\{%(.+?)%}|\\{\\$([^}]+)}");

    private final Function<String, @Nullable String> environment;

    Variables(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    Token expand(Token token) {
        if (token.text().indexOf('{') < 0) {
            return token;
        }
        String text = REFERENCE
                .matcher(token.text())
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
        return new Token(text, token.source(), token.line(), token.column());
    }

    private String value(@Nullable String windows, @Nullable String unix) {
        String name = windows != null ? windows : String.valueOf(unix);
        String value = environment.apply(name);
        return value == null ? "" : value;
    }
}
