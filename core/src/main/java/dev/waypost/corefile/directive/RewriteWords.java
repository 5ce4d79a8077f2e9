package dev.waypost.corefile.directive;

import dev.waypost.corefile.Token;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.layer.rewrite.NameMatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The words of one {@code rewrite} rule, read from the front. */
final class RewriteWords {
    private static final Map<String, Function<Token, NameMatch>> MATCHES = Map.of(
            "exact", name -> new NameMatch.Exact(absolute(name)),
            "prefix", prefix -> new NameMatch.Prefix(lower(prefix)),
            "suffix", suffix -> new NameMatch.Suffix(absolute(suffix)),
            "substring", part -> new NameMatch.Substring(lower(part)),
            "regex", expression -> new NameMatch.Regex(pattern(expression)));

    private final List<Token> words;
    private int next = 1;

    /** @param words the directive's keyword and all that follows it */
    RewriteWords(List<Token> words) {
        this.words = List.copyOf(words);
    }

    int left() {
        return words.size() - next;
    }

    /** Passes over a word of this text, any letter case. */
    boolean take(String text) {
        boolean there = left() > 0 && words.get(next).text().equalsIgnoreCase(text);
        next += there ? 1 : 0;
        return there;
    }

    Token next(String what, String wanted) {
        if (left() == 0) {
            throw words.get(next - 1).fault("'" + what + "' wants " + wanted + ", found nothing");
        }
        return words.get(next++);
    }

    /** Refuses words that are left. */
    void end() {
        if (left() > 0) {
            Token word = words.get(next);
            throw word.fault("a rule of 'rewrite' ends before \"" + word.text() + "\"");
        }
    }

    /**
     * {@code [exact|prefix|suffix|substring|regex] FROM}.
     *
     * @param behind how many words stand behind FROM at least: with no more than FROM and these, the kind is left out
     */
    NameMatch match(String what, int behind) {
        if (left() <= behind + 1) {
            return new NameMatch.Exact(absolute(next(what, "a name")));
        }
        Token kind = next(what, "exact, prefix, suffix, substring or regex");
        Function<Token, NameMatch> match = MATCHES.get(kind.text().toLowerCase(Locale.ROOT));
        if (match == null) {
            throw kind.unexpected(what, "exact, prefix, suffix, substring or regex");
        }
        return match.apply(next(what, "a name to match"));
    }

    /** What takes the place of what matches. */
    String replacement(String what, NameMatch match) {
        Token token = next(what, "a replacement");
        if (match instanceof NameMatch.Regex regex) {
            return replacement(token, regex.pattern());
        }
        return match instanceof NameMatch.Prefix || match instanceof NameMatch.Substring
                ? lower(token)
                : absolute(token);
    }

    /** A replacement for the groups of an expression. */
    static String replacement(Token token, LinearPattern pattern) {
        for (int group = pattern.groupCount() + 1; group <= 100; group++) {
            if (token.text().contains("{" + group + "}")) {
                throw token.fault("{" + group + "} names a group that \"" + pattern + "\" does not have");
            }
        }
        return lower(token);
    }

    static LinearPattern pattern(Token expression) {
        try {
            return LinearPattern.of(expression.text());
        } catch (IllegalArgumentException unreadable) {
            throw expression.fault(String.valueOf(unreadable.getMessage()));
        }
    }

    private static String lower(Token token) {
        return token.text().toLowerCase(Locale.ROOT);
    }

    /** Names and suffixes end with the root. */
    private static String absolute(Token token) {
        String text = lower(token);
        return text.endsWith(".") ? text : text + ".";
    }
}
