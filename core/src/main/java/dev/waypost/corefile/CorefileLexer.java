package dev.waypost.corefile;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a Corefile into words: Caddy's rules, which CoreDNS keeps.
 *
 * <p>A double quote opens a quoted word only where a word begins, and only {@code \"} is an escape in it, so that a
 * regular expression keeps its backslashes. A {@code #} outside quotes begins a comment anywhere on a line
 * (corefile(5)). A brace is a brace only as a word of its own. A backslash that ends a line continues it.
 */
final class CorefileLexer {
    /** No word means anything beyond a regular expression's 10,000 letters; faults repeat words. */
    private static final int MAX_LETTERS = 16_384;

    private final String text;
    private final String source;
    private final List<Lexeme> words = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private boolean startsLine = true;

    private CorefileLexer(String text, String source) {
        this.text = text;
        this.source = source;
    }

    /** The words of a text. */
    static List<Lexeme> words(String text, String source) {
        // Editors of one well-known system put a byte order mark in front; it is no part of the first zone's name.
        return new CorefileLexer(text.startsWith("\uFEFF") ? text.substring(1) : text, source).read();
    }

    private List<Lexeme> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                newLine();
                startsLine = true;
            } else if (isBlank(c)) {
                at++;
            } else if (c == '#') {
                skipComment();
            } else if (c == '\\' && continuesLine()) {
                skipComment();
                newLine();
            } else if (c == '"') {
                quoted();
            } else {
                plain();
            }
        }
        return words;
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private boolean continuesLine() {
        return text.startsWith("\\\n", at) || text.startsWith("\\\r\n", at);
    }

    private void plain() {
        int from = at;
        while (at < text.length() && !isBlank(text.charAt(at)) && text.charAt(at) != '#') {
            at++;
        }
        add(new Token(text.substring(from, at), source, line, from - lineStart + 1), false);
    }

    private void quoted() {
        Token opening = new Token("\"", source, line, at - lineStart + 1);
        StringBuilder word = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.startsWith("\\\"", at)) {
                at++;
            }
            char c = text.charAt(at);
            word.append(c);
            if (c == '\n') {
                newLine();
            } else {
                at++;
            }
        }
        if (at == text.length()) {
            throw opening.fault("'\"' is never closed");
        }
        at++;
        add(new Token(word.toString(), source, opening.line(), opening.column()), true);
    }

    private void add(Token token, boolean quoted) {
        if (token.text().length() > MAX_LETTERS) {
            throw token.part(0, 0).fault("a word wants at most " + MAX_LETTERS + " letters");
        }
        words.add(new Lexeme(token, quoted, startsLine));
        startsLine = false;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
